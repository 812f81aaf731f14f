using System.Security.Cryptography;

using Microsoft.Extensions.ObjectPool;

namespace Lmtp.Server.Mime;

/// <summary>What indexing a message takes while its bytes come in; used for one message after the other.</summary>
internal sealed class IndexerState : IResettable, IDisposable
{
    private static readonly ObjectPool<IndexerState> Pool = ObjectPool.Create<IndexerState>();

    public MimeParser Parser { get; } = new();

    /// <summary>Bytes of which it is not known yet whether they belong to a body.</summary>
    public ByteBuffer Held { get; } = new();

    /// <summary>The digest of the whole message.</summary>
    public IncrementalHash Digest { get; } = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public static IndexerState Rent() => Pool.Get();

    public void Return() => Pool.Return(this);

    /// <inheritdoc/>
    public bool TryReset()
    {
        Parser.Forget();
        Held.Dispose();
        Span<byte> unused = stackalloc byte[SHA256.HashSizeInBytes];
        return Digest.TryGetHashAndReset(unused, out _);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Parser.Dispose();
        Held.Dispose();
        Digest.Dispose();
    }
}
