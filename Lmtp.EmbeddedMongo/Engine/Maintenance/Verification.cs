using System.Globalization;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Engine.Log;
using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine.Maintenance;

/// <summary>Reads everything and compares documents with indexes. Meant for a database that nobody writes to.</summary>
internal sealed class Verification
{
    private readonly List<string> _problems = [];
    private int _segments;
    private long _documents;
    private long _entries;

    /// <summary>The findings so far.</summary>
    public VerifyReport Report => new(_segments, _documents, _entries, _problems);

    /// <summary>Checks all frames and operations of a segment.</summary>
    public async Task CheckAsync(Segment segment, CancellationToken cancellationToken)
    {
        _segments++;
        try
        {
            SegmentBytes bytes = await SegmentBytes.ReadAsync(segment, cancellationToken);
            if (!FrameFormat.TryReadSegmentHeader(bytes.Bytes, out int number, out _) || number != segment.Number)
            {
                throw new CorruptDataException(segment.Path, 0, "the segment's header is wrong");
            }

            for (int offset = FrameFormat.SegmentHeaderSize; offset < bytes.Bytes.Length;)
            {
                if (!bytes.TryReadFrame(offset, out FrameHeader header))
                {
                    throw new CorruptDataException(segment.Path, offset, "a record is damaged");
                }

                offset += FrameFormat.FrameHeaderSize + header.BodyLength;
            }
        }
        catch (CorruptDataException exception)
        {
            _problems.Add(exception.Message);
        }
    }

    /// <summary>Checks the documents of a collection and its indexes.</summary>
    public void Check(Collection collection, CancellationToken cancellationToken)
    {
        long[] expected = new long[collection.Indexes.Count];
        RecordScan scan = collection.Scan();
        while (scan.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                CheckDocument(collection, scan.Current, expected);
            }
            catch (Exception exception) when (exception is StorageException or BsonFormatException)
            {
                Add(collection, scan.Current, exception.Message);
            }
        }

        for (int i = 0; i < expected.Length; i++)
        {
            CollectionIndex index = collection.Indexes[i];
            if (index.EntryCount != expected[i])
            {
                _problems.Add($"{collection.Namespace}: index {index.Definition.Name} has {index.EntryCount} entries, the documents have {expected[i]}");
            }
        }
    }

    private void CheckDocument(Collection collection, RecordId record, long[] expected)
    {
        if (!collection.TryRead(record, out ReadOnlyMemory<byte> document))
        {
            return;
        }

        _documents++;
        BsonValidator.ValidateStructure(document.Span);
        for (int i = 0; i < expected.Length; i++)
        {
            KeyList keys = collection.Indexes[i].Extract(document);
            expected[i] += keys.Count;
            _entries += keys.Count;
            for (int k = 0; k < keys.Count; k++)
            {
                if (!collection.Indexes[i].Contains(keys[k], record))
                {
                    Add(collection, record, $"is missing in index {collection.Indexes[i].Definition.Name}");
                }
            }
        }
    }

    private void Add(Collection collection, RecordId record, string what) =>
        _problems.Add(string.Create(CultureInfo.InvariantCulture, $"{collection.Namespace}: record {record.Value}: {what}"));
}
