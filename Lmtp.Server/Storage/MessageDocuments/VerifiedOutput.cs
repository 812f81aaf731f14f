using System.Buffers;
using System.Security.Cryptography;

namespace Lmtp.Server.Storage.MessageDocuments;

/// <summary>
/// Hands bytes on, all but the last ones: those follow when the SHA-256 of all is the expected one. Whoever reads the
/// output sees a damaged message as one that breaks off, and a small one not at all.
/// </summary>
/// <param name="output">Takes the bytes; not disposed.</param>
internal sealed class VerifiedOutput(Stream output) : Stream
{
    private const int HeldBack = 64 * 1024;

    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _held = ArrayPool<byte>.Shared.Rent(HeldBack);
    private int _length;
    private bool _disposed;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Ends the output; false, and without the last bytes, when the digest of all is not the expected one.</summary>
    public async ValueTask<bool> TryFinishAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken)
    {
        if (!_digest.GetHashAndReset().AsSpan().SequenceEqual(sha256.Span))
        {
            return false;
        }

        await HandOnAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _digest.AppendData(buffer.Span);
        while (!buffer.IsEmpty)
        {
            if (_length == HeldBack)
            {
                await HandOnAsync(cancellationToken).ConfigureAwait(false);
            }

            var count = Math.Min(HeldBack - _length, buffer.Length);
            buffer[..count].CopyTo(_held.AsMemory(_length));
            _length += count;
            buffer = buffer[count..];
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _digest.Dispose();
            ArrayPool<byte>.Shared.Return(_held);
        }

        base.Dispose(disposing);
    }

    private async ValueTask HandOnAsync(CancellationToken cancellationToken)
    {
        await output.WriteAsync(_held.AsMemory(0, _length), cancellationToken).ConfigureAwait(false);
        _length = 0;
    }
}
