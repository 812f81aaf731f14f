using System.Globalization;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Protocol.Configuration;

/// <summary>
/// Supplies the default listener, and honours the names that operators of other LMTP servers know: <c>LMTP_HOST</c>,
/// <c>LMTP_PORT</c> and <c>LMTP_ENABLED</c>.
/// </summary>
internal sealed class LmtpEnvironment(IConfiguration configuration) : IPostConfigureOptions<LmtpOptions>
{
    /// <summary>Stands for a port that is not a number until validation reports it.</summary>
    internal const int UnreadablePort = -1;

    public void PostConfigure(string? name, LmtpOptions options)
    {
        if (configuration["LMTP_ENABLED"] is { Length: > 0 } enabled)
        {
            options.Enabled = IsTrue(enabled);
        }

        if (options.Listeners.Count == 0)
        {
            options.Listeners.Add(new ListenerOptions());
        }

        var host = configuration["LMTP_HOST"];
        var port = configuration["LMTP_PORT"];
        if (string.IsNullOrEmpty(host) && string.IsNullOrEmpty(port))
        {
            return;
        }

        var first = options.Listeners.FirstOrDefault(listener => !listener.IsUnixSocket);
        if (first is null)
        {
            options.Listeners.Add(first = new ListenerOptions());
        }

        if (!string.IsNullOrEmpty(host))
        {
            first.Host = host;
        }

        if (!string.IsNullOrEmpty(port))
        {
            first.Port = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : UnreadablePort;
        }
    }

    private static bool IsTrue(string value) =>
        !value.Equals("false", StringComparison.OrdinalIgnoreCase)
        && !value.Equals("no", StringComparison.OrdinalIgnoreCase)
        && !value.Equals("off", StringComparison.OrdinalIgnoreCase)
        && value != "0";
}
