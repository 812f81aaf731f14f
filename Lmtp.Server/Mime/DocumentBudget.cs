namespace Lmtp.Server.Mime;

/// <summary>Finds out as early as possible that a message cannot become a document.</summary>
/// <param name="options">The limits.</param>
internal struct DocumentBudget(MessageIndexerOptions options)
{
    // From a node down to what hangs on its header: the header, Content-Type, its parameters.
    private const int LevelsBelowNode = 3;

    // What the smallest node and the smallest header field take in the stored document.
    private const int LeastNodeBytes = 150;
    private const int LeastFieldBytes = 8;

    private int _nodes;
    private long _values;

    /// <summary>Set as soon as the message is known to be impossible to store.</summary>
    public MessageFault Fault { get; private set; }

    /// <summary>Another node has begun.</summary>
    /// <param name="level">How deep in the document it stands.</param>
    /// <param name="headers">The fields of all nodes so far.</param>
    public void CountNode(int level, HeaderCollector headers)
    {
        _nodes++;
        CheckSize(headers);
        if (level + LevelsBelowNode > options.MaxDocumentDepth)
        {
            Fault = MessageFault.TooDeep;
        }
    }

    /// <summary>The header of a node is complete.</summary>
    /// <param name="node">The node.</param>
    /// <param name="headers">The fields of all nodes so far.</param>
    public void CountHeader(MimeNode node, HeaderCollector headers)
    {
        _values += HeaderWeight.Measure(node);
        CheckSize(headers);
    }

    /// <summary>The header fields have grown.</summary>
    public void CheckSize(HeaderCollector headers)
    {
        var least = headers.Length + _values + ((long)headers.Count * LeastFieldBytes) + ((long)_nodes * LeastNodeBytes);
        if (least > options.MaxDocumentBytes && Fault == MessageFault.None)
        {
            Fault = MessageFault.TooLarge;
        }
    }
}
