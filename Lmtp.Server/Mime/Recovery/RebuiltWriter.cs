namespace Lmtp.Server.Mime.Recovery;

/// <summary>
/// Puts the pieces of a tree together again by WildDuck's rules: line breaks go between pieces, and the text of a
/// multipart is written with its first delimiter.
/// </summary>
/// <param name="write">Takes the bytes.</param>
internal sealed class RebuiltWriter(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> write)
{
    private static readonly byte[] LineBreak = "\r\n"u8.ToArray();
    private bool _any;
    private ReadOnlyMemory<byte>? _body;

    /// <summary>The fields of a header, each without the break that ends it.</summary>
    public async ValueTask HeaderAsync(IEnumerable<ReadOnlyMemory<byte>> fields, CancellationToken cancellationToken)
    {
        if (_any || _body is not null)
        {
            await BeginPieceAsync(cancellationToken).ConfigureAwait(false);
        }

        _any = true;
        var isEmpty = true;
        foreach (var field in fields)
        {
            await write(field, cancellationToken).ConfigureAwait(false);
            await write(LineBreak, cancellationToken).ConfigureAwait(false);
            isEmpty = false;
        }

        if (isEmpty)
        {
            await write(LineBreak, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The body of a node in the tree; it is written when the next piece is known.</summary>
    public void Body(ReadOnlyMemory<byte> body) => _body = body;

    /// <summary>A delimiter line.</summary>
    public async ValueTask PieceAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await BeginPieceAsync(cancellationToken).ConfigureAwait(false);
        await write(bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The break between a header and a body that the caller writes himself.</summary>
    public ValueTask BeginBodyAsync(CancellationToken cancellationToken) => BeginPieceAsync(cancellationToken);

    /// <summary>The end of a node.</summary>
    public async ValueTask EndNodeAsync(CancellationToken cancellationToken)
    {
        if (_body is not null)
        {
            await BeginPieceAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask BeginPieceAsync(CancellationToken cancellationToken)
    {
        if (_any)
        {
            await write(LineBreak, cancellationToken).ConfigureAwait(false);
        }

        _any = true;
        if (_body is { Length: > 0 } body)
        {
            await write(body, cancellationToken).ConfigureAwait(false);
        }

        _body = null;
    }
}
