/* SPDX-License-Identifier: MIT */
/* Included by linalg.h once for each precision. Matrices are row-major; lda, ldb, ldc are the distances between rows,
 * vectors are contiguous, and outputs do not overlap inputs. All sizes may be 0 here. */

/* C = alpha op(A) op(B) + beta C, C m x n, inner size k; op is the transpose where the flag says so.
 * beta = 0 assigns: what C held, NaN included, does not matter. */
void LINALG(gemm)(bool a_transposed, bool b_transposed, size_t m, size_t n, size_t k, real alpha, const real *a,
                  size_t lda, const real *b, size_t ldb, real beta, real *c, size_t ldc);

/* C = op(A) op(B) of contiguous matrices, by what suits the shape. */
void LINALG(product)(bool a_transposed, bool b_transposed, size_t m, size_t n, size_t k, const real *a, const real *b,
                     real *c);

/* y = alpha op(A) x + beta y, A m x n as stored. */
void LINALG(gemv)(bool a_transposed, size_t m, size_t n, real alpha, const real *a, size_t lda, const real *x,
                  real beta, real *y);

void LINALG(gemv_by_hand)(bool a_transposed, size_t m, size_t n, real alpha, const real *a, size_t lda, const real *x,
                          real beta, real *y); /* without the provider */

/* A += alpha x y', A m x n. */
void LINALG(ger)(size_t m, size_t n, real alpha, const real *x, const real *y, real *a, size_t lda);

real LINALG(dot)(size_t n, const real *x, const real *y);
void LINALG(axpy)(size_t n, real alpha, const real *x, real *y); /* y += alpha x */

/* The sum of n numbers, pairwise: its error grows like log n. */
real LINALG(sum)(size_t n, const real *x);

/* The largest magnitude among n numbers: NaN where one of them is NaN, 0 where there are none. */
real LINALG(largest)(size_t n, const real *x);

/* B = A, A m x n with any strides (in entries); B = A', A m x n, blocked for the cache. */
void LINALG(copy)(size_t m, size_t n, const real *a, ptrdiff_t row_stride, ptrdiff_t col_stride, real *b, size_t ldb);
void LINALG(transpose)(size_t m, size_t n, const real *a, size_t lda, real *b, size_t ldb);

/* B = inv(op(T)) B, T n x n triangular, B n x m. Only T's upper or lower triangle is read, and not its diagonal where
 * it is `unit`. */
void LINALG(trsm)(bool upper, bool transposed, bool unit, size_t n, size_t m, const real *t, size_t ldt, real *b,
                  size_t ldb);

/* B = inv(op(L)) B, L n x n lower triangular (what stands above its diagonal is not read), B n x m. */
void LINALG(triangular_solve)(bool transposed, size_t n, size_t m, const real *l, size_t ldl, real *b, size_t ldb);

/* Factorises A (n x n, contiguous) in place, with row or column exchanges as the provider likes; the factors are for
 * the functions below and their layout is the provider's, but U's diagonal is always a[i*n+i] and the other
 * triangular factor has a unit diagonal. pivots holds n numbers. Returns 0, or k where the k-th pivot (from 1) is
 * exactly 0: then U is singular and nothing may be solved with it. */
size_t LINALG(lu)(size_t n, real *a, real *pivots);
void LINALG(lu_solve)(bool transposed, size_t n, size_t m, const real *lu, const real *pivots, real *b, size_t ldb);

/* The same factors of matrices that need no search for pivots, at less cost: of a positive definite A, of which only
 * the lower triangle is read (0, or k where the k-th pivot is not positive: then A is lost), and of a triangular A, of
 * which only that triangle is read. */
bool LINALG(lu_is_unit_lower)(void); /* is the lower factor the one with the unit diagonal? */
size_t LINALG(lu_of_definite)(size_t n, real *a, real *pivots);
size_t LINALG(lu_of_triangular)(bool upper, size_t n, real *a, real *pivots);

int LINALG(lu_sign)(size_t n, const real *lu, const real *pivots); /* the determinant's sign: -1, 0, 1 */

/* The lower Cholesky factor in place of the lower triangle of A (n x n, contiguous); above the diagonal becomes 0.
 * Returns 0, or k where the k-th pivot is not positive. */
size_t LINALG(cholesky)(size_t n, real *a);

/* The three below take `scratch`, LINALG(..._scratch)(sizes) bytes aligned as doubles are, and return false where the
 * iteration does not converge or an entry is not finite. A is not changed; r = min(m, n).
 * qr:    A = Q R, Q m x r with orthonormal columns, R r x n upper triangular with a non-negative diagonal.
 * eigen: A = V diag(l) V', A n x n symmetric (only its lower triangle is read), l ascending, V's columns orthonormal.
 * svd:   A = U diag(s) V', U m x r, s descending and >= 0, V n x r. */
size_t LINALG(qr_scratch)(size_t m, size_t n);
bool LINALG(qr)(size_t m, size_t n, const real *a, real *q, real *r, void *scratch);
size_t LINALG(eigen_scratch)(size_t n);
bool LINALG(eigen)(size_t n, const real *a, real *l, real *v, void *scratch);
size_t LINALG(svd_scratch)(size_t m, size_t n);
bool LINALG(svd)(size_t m, size_t n, const real *a, real *u, real *s, real *v, void *scratch);

/* E = exp(A), the matrix exponential of A, n x n; false where an entry of A or of E is not finite. */
size_t LINALG(expm_scratch)(size_t n);
bool LINALG(expm)(size_t n, const real *a, real *e, void *scratch);

/* A = U T U', A n x n, U orthogonal, T upper triangular but for 2 x 2 blocks on its diagonal (Schur's form); what is 0 of
 * T is exactly 0. false where the iteration does not converge or an entry is not finite. */
size_t LINALG(schur_scratch)(size_t n);
bool LINALG(schur)(size_t n, const real *a, real *u, real *t, void *scratch);

/* C = X with op(T) X + X op(S) = C, C m x n; T, m x m, and S, n x n, as schur has them. false where an eigenvalue of T
 * is one of -S, within rounding: `common` is then its real and imaginary part. */
bool LINALG(sylvester)(bool t_transposed, bool s_transposed, size_t m, size_t n, const real *t, const real *s, real *c,
                       real *common);
