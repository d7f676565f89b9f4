# -*- coding: cp932 -*-
# 重みの初期化
import numpy as np

def constant(n_in, n_out, value):
    return np.full((n_out, n_in), value)

def small_normal(n_in, n_out, rng, scale=0.01):
    return rng.normal(0, scale, size=(n_in, n_out))

def lecun_normal(n_in, n_out, rng):
    return rng.normal(0, np.sqrt(1 / n_in), size=(n_in, n_out))

def glorot_uniform(n_in, n_out, rng):
    return rng.normal(0, np.sqrt(2 / (n_in + n_out)), size=(n_in, n_out))

def he_normal(n_in, n_out, rng):
    return rng.normal(0, np.sqrt(2 / n_in), size=(n_in, n_out))

# 損失はまだ書いていません
