using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>
/// The nodes of one message, by number: their records stand in one array, which goes back to a pool, so that a part leaves
/// no object behind. The top node has the number 0.
/// </summary>
internal sealed class MimeTree : IDisposable
{
    private const int FirstNodes = 8;

    private NodeRecord[] _nodes = ArrayPool<NodeRecord>.Shared.Rent(FirstNodes);
    private List<(ByteRange Range, int Next)>? _ranges;
    private ParameterTable? _parameters;
    private AddressTable? _addresses;
    private ByteBuffer? _bodies;
    private int _count;

    /// <summary>The header fields of all nodes.</summary>
    public HeaderCollector Headers { get; } = new();

    /// <summary>The addresses in the headers, as far as they have been parsed.</summary>
    public AddressTable Addresses => _addresses ??= new AddressTable();

    /// <summary>The bodies that stay in the tree.</summary>
    public ByteBuffer Bodies => _bodies ??= new ByteBuffer();

    /// <summary>A node, to be read or changed until another one is added.</summary>
    public ref NodeRecord this[int node] => ref _nodes.AsSpan(0, _count)[node];

    /// <summary>Adds a node whose header comes next; returns its number.</summary>
    /// <param name="level">How many documents and arrays enclose it, itself included.</param>
    public int Add(int level)
    {
        if (_count == _nodes.Length)
        {
            var grown = ArrayPool<NodeRecord>.Shared.Rent(_count * 2);
            _nodes.AsSpan(0, _count).CopyTo(grown);
            Return();
            _nodes = grown;
        }

        _nodes[_count] = new NodeRecord
        {
            FirstField = Headers.Count,
            HeaderBytes = -Headers.Length,
            Level = level,
            ContentType = ParameterizedValue.TextPlain,
            TransferEncoding = "",
        };
        Headers.BeginNode();
        return _count++;
    }

    /// <summary>Makes a node the last part of another one.</summary>
    public void AddChild(int parent, int child)
    {
        ref var record = ref this[parent];
        if (record.ChildCount++ == 0)
        {
            record.FirstChild = child;
        }
        else
        {
            this[record.LastChild].NextSibling = child;
        }

        record.LastChild = child;
    }

    /// <summary>The empty line that ends the header of a node, or the end of the message, was reached.</summary>
    public void EndHeader(int node)
    {
        ref var record = ref this[node];
        record.FieldCount = Headers.Count - record.FirstField;
        record.HeaderBytes += Headers.Length;
        var fields = ContentFields.Find(new HeaderFieldList(Headers, record.FirstField, record.FieldCount));
        record.ContentType = fields.ContentType(ref _parameters);
        record.ContentDisposition = fields.Disposition(ref _parameters);
        record.TransferEncoding = fields.TransferEncoding;
        record.IsMultipart = record.ContentType.Type == "multipart"
            && record.ContentType.Parameters.TryGetText("boundary", out var boundary)
            && !boundary.IsEmpty;
    }

    /// <summary>Adds a range to the body of a node.</summary>
    public void AddRange(int node, ByteRange range, int lines, int bareLineFeeds, BodyRecord.LastByte last)
    {
        ref var body = ref this[node].Body;
        if (body.RangeCount++ == 0)
        {
            body.First = range;
        }
        else
        {
            AddFurther(ref body, range);
        }

        body.RawLength += range.Length;
        body.Lines += lines;
        body.BareLineFeeds += bareLineFeeds;
        body.Last = last;
    }

    /// <summary>The ranges of the body of a node in order.</summary>
    public IEnumerable<ByteRange> Ranges(int node)
    {
        if (this[node].Body.RangeCount > 0)
        {
            yield return this[node].Body.First;
        }

        for (var further = this[node].Body.Second; further > 0; further = _ranges![further - 1].Next)
        {
            yield return _ranges![further - 1].Range;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Return();
        (_nodes, _count, _ranges) = ([], 0, null);
        _parameters?.Dispose();
        _addresses?.Dispose();
        _bodies?.Dispose();
        Headers.Dispose();
    }

    private void AddFurther(ref BodyRecord body, ByteRange range)
    {
        _ranges ??= [];
        _ranges.Add((range, 0));
        if (body.LastRange == 0)
        {
            body.Second = _ranges.Count;
        }
        else
        {
            _ranges[body.LastRange - 1] = (_ranges[body.LastRange - 1].Range, _ranges.Count);
        }

        body.LastRange = _ranges.Count;
    }

    private void Return()
    {
        if (_nodes.Length > 0)
        {
            // What the records refer to must not live on in the pool.
            _nodes.AsSpan(0, _count).Clear();
            ArrayPool<NodeRecord>.Shared.Return(_nodes);
        }
    }
}
