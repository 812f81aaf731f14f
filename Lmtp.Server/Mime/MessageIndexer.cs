using System.Security.Cryptography;

namespace Lmtp.Server.Mime;

/// <summary>
/// Takes the bytes of one message as they arrive, in chunks of any size, and makes of them everything that a message
/// document holds. Each byte is looked at once; what has to be kept of them is the headers. Any bytes at all give a
/// result: there is no malformed message.
/// </summary>
public sealed class MessageIndexer : IDisposable
{
    private readonly MessageIndexerOptions _options;
    private readonly Func<uint> _randomName;
    private readonly MimeTree _tree = new();
    private readonly IndexerState _state = IndexerState.Rent();
    private readonly MimeParser _parser;
    private int _pendingCarriageReturns;
    private bool _completed;
    private bool _handedOver;
    private bool _disposed;

    /// <summary>Starts with an empty message.</summary>
    /// <param name="options">The limits; those of MongoDB when null.</param>
    /// <param name="randomName">Names attachments that came without a name; random numbers when null.</param>
    public MessageIndexer(MessageIndexerOptions? options = null, Func<uint>? randomName = null)
    {
        _options = options ?? MessageIndexerOptions.Default;
        _randomName = randomName ?? RandomName;
        _parser = _state.Parser;
        _parser.Begin(_options, _tree);
    }

    /// <summary>Bytes taken so far.</summary>
    public long Length { get; private set; }

    /// <summary>Whether the message is known already to be impossible to store.</summary>
    public MessageFault Fault => _disposed ? MessageFault.None : _parser.Fault;

    /// <summary>Takes the next bytes of the message.</summary>
    /// <exception cref="InvalidOperationException">The message was completed before.</exception>
    public void Write(ReadOnlySpan<byte> chunk)
    {
        ThrowIfCompleted();
        if (chunk.IsEmpty)
        {
            return;
        }

        _state.Digest.AppendData(chunk);
        if (_parser.Fault == MessageFault.None)
        {
            var received = new ReceivedBytes(_state.Held.Bytes, chunk, Length);
            SplitLines(chunk, received);
            _parser.Feed(received);
            Hold(chunk);
        }

        Length += chunk.Length;
    }

    /// <summary>Ends the message and evaluates it. The result is the caller's to dispose of.</summary>
    /// <param name="source">Gives back the bytes that were written, also later on through the result.</param>
    /// <param name="cancellationToken">Ends the reading of <paramref name="source"/>.</param>
    /// <exception cref="InvalidOperationException">The message was completed before.</exception>
    /// <exception cref="ArgumentException"><paramref name="source"/> has another length than what was written.</exception>
    public async ValueTask<IndexedMessage> CompleteAsync(IMessageSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ThrowIfCompleted();
        if (source.Length != Length)
        {
            throw new ArgumentException($"The source has {source.Length} bytes; {Length} were indexed.", nameof(source));
        }

        EndParsing();
        _handedOver = true;
        var message = new IndexedMessage(_tree, source, _state.Digest.GetHashAndReset(), _parser.Fault);
        if (message.Fault == MessageFault.None)
        {
            await new MessageEvaluator(message, _options, _randomName).EvaluateAsync(cancellationToken).ConfigureAwait(false);
        }

        return message;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _completed = true;
        _state.Return();
        if (!_handedOver)
        {
            _tree.Dispose();
        }
    }

    /// <summary>Ends the message without evaluating it: what remains is the tree.</summary>
    internal MimeNode EndParsing()
    {
        _completed = true;
        if (_parser.Fault == MessageFault.None)
        {
            var received = new ReceivedBytes(_state.Held.Bytes, [], Length);
            EndPendingCarriageReturns(received);
            _parser.Complete(received);
        }

        return new MimeNode(_tree, 0);
    }

    private void SplitLines(ReadOnlySpan<byte> chunk, in ReceivedBytes received)
    {
        var position = 0;
        if (_pendingCarriageReturns > 0)
        {
            position = ContinueBreak(chunk, 0, received);
        }

        while (position < chunk.Length && _parser.Fault == MessageFault.None)
        {
            var rest = chunk[position..];
            if (_parser.TakesRuns && _parser.TakeRun(rest) is > 0 and var run)
            {
                position += run;
                continue;
            }

            var length = rest.IndexOfAny((byte)'\r', (byte)'\n');
            if (length < 0)
            {
                _parser.Text(rest);
                return;
            }

            if (length + 1 < rest.Length && rest[length] == '\r' && rest[length + 1] == '\n')
            {
                _parser.Line(rest[..length], LineBreak.CrLf, received);
                position += length + 2;
                continue;
            }

            if (rest[length] == '\n')
            {
                _parser.Line(rest[..length], LineBreak.LineFeedOnly, received);
                position += length + 1;
                continue;
            }

            if (length > 0)
            {
                _parser.Text(rest[..length]);
            }

            position = ContinueBreak(chunk, position + length, received);
        }
    }

    /// <summary>
    /// Reads on in a line break. CRs are one break with the LF behind them; without an LF each of them is a break.
    /// </summary>
    private int ContinueBreak(ReadOnlySpan<byte> chunk, int position, in ReceivedBytes received)
    {
        var carriageReturns = chunk[position..].IndexOfAnyExcept((byte)'\r');
        if (carriageReturns < 0)
        {
            _pendingCarriageReturns += chunk.Length - position;
            return chunk.Length;
        }

        _pendingCarriageReturns += carriageReturns;
        position += carriageReturns;
        if (chunk[position] == '\n')
        {
            _parser.EndLine(new LineBreak(_pendingCarriageReturns, LineFeed: true), received);
            _pendingCarriageReturns = 0;
            return position + 1;
        }

        EndPendingCarriageReturns(received);
        return position;
    }

    private void EndPendingCarriageReturns(in ReceivedBytes received)
    {
        for (; _pendingCarriageReturns > 0; _pendingCarriageReturns--)
        {
            if (_parser.TakesRuns)
            {
                _parser.CarriageReturns(_pendingCarriageReturns);
                _pendingCarriageReturns = 0;
                return;
            }

            _parser.EndLine(LineBreak.CarriageReturnOnly, received);
        }
    }

    private static uint RandomName()
    {
        Span<byte> name = stackalloc byte[sizeof(uint)];
        RandomNumberGenerator.Fill(name);
        return BitConverter.ToUInt32(name);
    }

    /// <summary>Keeps the bytes of which it is not yet known whether they belong to a body.</summary>
    private void Hold(ReadOnlySpan<byte> chunk)
    {
        var heldStart = Length - _state.Held.Length;
        var certain = _parser.CertainEnd - heldStart;
        if (certain >= _state.Held.Length)
        {
            certain -= _state.Held.Length;
            _state.Held.Clear();
            _state.Held.Append(chunk[(int)Math.Min(certain, chunk.Length)..]);
        }
        else
        {
            _state.Held.RemoveFirst((int)Math.Max(certain, 0));
            _state.Held.Append(chunk);
        }
    }

    private void ThrowIfCompleted()
    {
        if (_completed)
        {
            throw new InvalidOperationException("The message is complete.");
        }
    }
}
