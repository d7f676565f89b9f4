import torch

def rnn_forward(x, h0, params):
    rnn = torch.nn.RNN(x.shape[2], h0.shape[1])
    return rnn(torch.tensor(x), torch.tensor(h0))
