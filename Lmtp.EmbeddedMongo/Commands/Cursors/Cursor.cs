using Lmtp.EmbeddedMongo.Wire;

namespace Lmtp.EmbeddedMongo.Commands.Cursors;

/// <summary>The documents of a query that have not been sent yet.</summary>
/// <param name="ns">Database and collection, with a dot.</param>
/// <param name="documents">The documents, made while they are read.</param>
/// <param name="budget">How long the query may work, over all batches.</param>
/// <param name="neverTimesOut">Whether the client asked to keep the cursor however long it takes.</param>
internal sealed class Cursor(string ns, IEnumerable<ReadOnlyMemory<byte>> documents, TimeBudget budget, bool neverTimesOut = false) : IDisposable
{
    private readonly IEnumerator<ReadOnlyMemory<byte>> _documents = documents.GetEnumerator();
    private ReadOnlyMemory<byte>? _next;

    /// <summary>Database and collection, with a dot.</summary>
    public string Namespace => ns;

    /// <summary>How long the query may work, over all batches.</summary>
    public TimeBudget Budget => budget;

    /// <summary>Whether the cursor has no time-out.</summary>
    public bool NeverTimesOut => neverTimesOut;

    /// <summary>When the cursor was used last.</summary>
    public DateTimeOffset LastUsed { get; private set; }

    /// <summary>Whether all documents have been sent; only certain after a batch was taken.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Remembers that the cursor is used.</summary>
    /// <param name="now">The time.</param>
    public void Touch(DateTimeOffset now) => LastUsed = now;

    /// <summary>Takes documents, as many as were asked for and fit into an answer.</summary>
    /// <param name="limit">The most documents.</param>
    /// <param name="looksAhead">Whether the end is noticed before it is asked for.</param>
    /// <returns>The documents.</returns>
    public List<ReadOnlyMemory<byte>> Take(long limit, bool looksAhead = true)
    {
        var batch = new List<ReadOnlyMemory<byte>>();
        long size = 0;
        while (batch.Count < limit && !IsAtEnd)
        {
            if (!Peek(out var document) || size + document.Length > WireProtocol.MaxDocumentBytes)
            {
                return batch;
            }

            batch.Add(document);
            size += document.Length;
            _next = null;
        }

        if (looksAhead && !IsAtEnd)
        {
            Peek(out _);
        }

        return batch;
    }

    /// <inheritdoc />
    public void Dispose() => _documents.Dispose();

    private bool Peek(out ReadOnlyMemory<byte> document)
    {
        if (_next is null)
        {
            if (!_documents.MoveNext())
            {
                IsAtEnd = true;
                document = default;
                return false;
            }

            _next = _documents.Current;
        }

        document = _next.Value;
        return true;
    }
}
