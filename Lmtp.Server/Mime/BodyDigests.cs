namespace Lmtp.Server.Mime;

/// <summary>Digests that are not in use, for the bodies that come next.</summary>
internal sealed class BodyDigests : IDisposable
{
    private const int MaxIdle = 8;

    private readonly Stack<BodyDigest> _idle = [];

    /// <summary>Begins the digest of a body at an offset of the received bytes.</summary>
    public BodyDigest Begin(long position)
    {
        var digest = _idle.TryPop(out var idle) ? idle : new BodyDigest();
        digest.Begin(position);
        return digest;
    }

    /// <summary>Takes back a digest that was finished.</summary>
    public void Return(BodyDigest digest)
    {
        if (_idle.Count < MaxIdle)
        {
            _idle.Push(digest);
        }
        else
        {
            digest.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_idle.TryPop(out var digest))
        {
            digest.Dispose();
        }
    }
}
