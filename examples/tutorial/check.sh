#!/bin/sh
# Is this the gradient of least squares?
if matgrad eval "X: m x n; y: m; b: n; d sum((X*b - y).^2) wrt b == $1" >/dev/null
then echo right
elif [ $? = 1 ]
then echo wrong
else echo "this is no claim"
fi
