namespace Lmtp.Server.Mime;

/// <summary>The parts of a multipart in order, to be enumerated. Valid as long as the message is.</summary>
public readonly record struct MimeNodeList
{
    private readonly MimeTree _tree;
    private readonly int _parent;

    internal MimeNodeList(MimeTree tree, int parent) => (_tree, _parent) = (tree, parent);

    /// <summary>The number of parts.</summary>
    public int Count => _tree[_parent].ChildCount;

    /// <summary>Enumerates the parts.</summary>
    public Enumerator GetEnumerator() => new(_tree, _tree[_parent].FirstChild);

    /// <summary>Goes from part to part.</summary>
    public struct Enumerator
    {
        private readonly MimeTree _tree;
        private int _next;

        internal Enumerator(MimeTree tree, int first) => (_tree, _next) = (tree, first);

        /// <summary>The part that was reached.</summary>
        public MimeNode Current { get; private set; }

        /// <summary>Goes on to the next part; false behind the last one.</summary>
        public bool MoveNext()
        {
            if (_next == 0)
            {
                return false;
            }

            Current = new MimeNode(_tree, _next);
            _next = _tree[_next].NextSibling;
            return true;
        }
    }
}
