namespace Lmtp.Server.Mime;

/// <summary>
/// The size of a message as WildDuck computes it from the tree, which is what IMAP calls RFC822.SIZE and quotas count.
/// It differs from the bytes received where the tree does not keep everything.
/// </summary>
internal static class MessageSize
{
    /// <summary>The size in bytes.</summary>
    /// <param name="root">The top node.</param>
    /// <param name="header">The header fields to count for the top node.</param>
    public static long Compute(MimeNode root, IReadOnlyList<HeaderField> header)
    {
        var size = new Accumulator();
        Add(ref size, root, header);
        return size.Total;
    }

    private static void Add<TList>(ref Accumulator size, MimeNode node, TList header)
        where TList : IReadOnlyList<HeaderField>
    {
        size.Append(HeaderLength(header));
        int? boundary = node.BoundaryText is { IsEmpty: false } text ? text.Length + 2 : null;
        if (node.Size > 0)
        {
            if (boundary is null)
            {
                size.Append(0);
            }

            size.Total += node.Size;
        }

        if (boundary is { } opening)
        {
            size.Append(opening);
        }

        var isFirst = true;
        foreach (var part in node.Children)
        {
            if (!isFirst)
            {
                size.Append(boundary!.Value);
            }

            isFirst = false;
            Add(ref size, part, part.Header);
        }

        if (boundary is { } closing)
        {
            size.Append(closing + 4);
        }
    }

    private static long HeaderLength<TList>(TList header)
        where TList : IReadOnlyList<HeaderField>
    {
        long length = 0;
        for (var index = 0; index < header.Count; index++)
        {
            length += header[index].Length + 2;
        }

        return Math.Max(length, 2);
    }

    private struct Accumulator
    {
        private bool _any;

        public long Total { get; set; }

        /// <summary>Adds a piece, with CRLF before it unless it is the first.</summary>
        public void Append(long length)
        {
            Total += length + (_any ? 2 : 0);
            _any = true;
        }
    }
}
