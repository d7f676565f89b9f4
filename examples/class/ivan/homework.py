def sigmoid(x):
    return 1 / (1 + 2.718 ** -x)
