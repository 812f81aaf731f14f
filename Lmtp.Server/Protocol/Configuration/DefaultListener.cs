using Microsoft.Extensions.Options;

namespace Lmtp.Server.Protocol.Configuration;

/// <summary>Supplies the one listener that there is when none is configured.</summary>
internal sealed class DefaultListener : IPostConfigureOptions<LmtpOptions>
{
    public void PostConfigure(string? name, LmtpOptions options)
    {
        if (options.Listeners.Count == 0)
        {
            options.Listeners.Add(new ListenerOptions());
        }
    }
}
