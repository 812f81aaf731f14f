using Lmtp.Server.Protocol.Configuration;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Protocol.Sessions;

/// <summary>Gives transactions in flight their grace period when the server stops, and ends what is left after it.</summary>
internal sealed class ServerLifetime : IDisposable
{
    private readonly CancellationTokenSource _aborted = new();
    private readonly CancellationTokenRegistration _stopping;

    public ServerLifetime(IHostApplicationLifetime host, IOptions<LmtpOptions> options)
    {
        var grace = options.Value.Limits.ShutdownGrace;
        _stopping = host.ApplicationStopping.Register(() => _aborted.CancelAfter(grace));
    }

    /// <summary>Cancelled when the grace period is over.</summary>
    public CancellationToken Aborted => _aborted.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _aborted.Dispose();
    }
}
