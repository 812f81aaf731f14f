namespace Lmtp.Server.Mime;

/// <summary>Finds out as early as possible that a message cannot become a document.</summary>
/// <param name="options">The limits.</param>
internal struct DocumentBudget(MessageIndexerOptions options)
{
    // From a node down to what hangs on its header: the header, Content-Type, its parameters.
    private const int LevelsBelowNode = 3;

    // What the smallest node, the smallest header field and the reference to an attachment take in the stored document.
    private const int LeastNodeBytes = 210;
    private const int LeastFieldBytes = 8;
    private const int LeastAttachmentBytes = 180;

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

    /// <summary>A body has ended that will be listed as an attachment.</summary>
    /// <param name="headers">The fields of all nodes so far.</param>
    public void CountAttachment(HeaderCollector headers)
    {
        _values += LeastAttachmentBytes;
        CheckSize(headers);
    }

    /// <summary>The header of a node is complete.</summary>
    /// <param name="node">The node.</param>
    /// <param name="headers">The fields of all nodes so far.</param>
    public void CountHeader(MimeNode node, HeaderCollector headers)
    {
        _values += HeaderWeight.Measure(node, isTop: _nodes == 0, options.MaxDocumentBytes);
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
