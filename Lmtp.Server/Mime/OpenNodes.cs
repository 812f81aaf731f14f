namespace Lmtp.Server.Mime;

/// <summary>The nodes of one message that are, or were, being received; kept for the next message.</summary>
internal sealed class OpenNodes
{
    private const int MaxIdle = 64;

    private readonly List<OpenNode> _nodes = [];
    private int _used;

    /// <summary>Begins to receive a node.</summary>
    public OpenNode Begin(MimeNode node, OpenNode? parent, bool isWalked)
    {
        if (_used == _nodes.Count)
        {
            _nodes.Add(new OpenNode());
        }

        var open = _nodes[_used++];
        open.Begin(node, parent, isWalked);
        return open;
    }

    /// <summary>Another message begins.</summary>
    public void Reset()
    {
        if (_nodes.Count > MaxIdle)
        {
            _nodes.RemoveRange(MaxIdle, _nodes.Count - MaxIdle);
        }

        // What was received must not outlive its message here.
        foreach (var open in _nodes)
        {
            open.Begin(null!, null, isWalked: false);
        }

        _used = 0;
    }
}
