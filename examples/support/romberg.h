/* SPDX-License-Identifier: MIT */
/* A derivative from values of the function alone, with an estimate of its own error. */
#ifndef EXAMPLES_ROMBERG_H
#define EXAMPLES_ROMBERG_H

#include "bounded.h"

/* f'(0), from central differences with the steps step, step/2, step/4, ..., extrapolated to 0. noise bounds the error
 * of one value of f where |t| <= step. */
bounded romberg_derivative(double (*f)(void *context, double t), void *context, double step, double noise);

#endif
