namespace Lmtp.Server.Mime;

/// <summary>Keeps what receiving a node took for the nodes that come next.</summary>
internal sealed class OpenNodes
{
    private const int MaxIdle = 64;

    private readonly Stack<OpenNode> _idle = [];

    /// <summary>Begins to receive a node.</summary>
    public OpenNode Begin(MimeTree tree, int number, OpenNode? parent, bool isWalked)
    {
        var open = _idle.TryPop(out var idle) ? idle : new OpenNode();
        open.Begin(tree, number, parent, isWalked);
        return open;
    }

    /// <summary>Takes back a node that nothing belongs to any more.</summary>
    public void Return(OpenNode open)
    {
        if (_idle.Count < MaxIdle)
        {
            // The message must not be kept here.
            open.Forget();
            _idle.Push(open);
        }
    }
}
