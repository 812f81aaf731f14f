using System.Net;
using System.Text;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Protocol.Configuration;

/// <summary>Finds every fault in the protocol's options, each with the key that it stands under.</summary>
internal sealed class LmtpOptionsValidator : IValidateOptions<LmtpOptions>
{
    public ValidateOptionsResult Validate(string? name, LmtpOptions options)
    {
        var faults = new List<string>();
        LimitRules.Check(options.Limits, faults);
        ServiceAccountRules.Check(options.ServiceAccounts, faults);
        for (var i = 0; i < options.Listeners.Count; i++)
        {
            var listener = options.Listeners[i];
            var key = $"Lmtp:Listeners:{i}";
            CheckAddress(key, listener, faults);
            CheckNetworks($"{key}:ClientNetworks", listener.ClientNetworks, faults);
            CheckNetworks($"{key}:ProxyNetworks", listener.ProxyNetworks, faults);
            CheckNetworks($"{key}:XclientNetworks", listener.XclientNetworks, faults);
            TlsRules.Check($"{key}:Tls", listener.Tls, faults);
            if (listener.Auth != AuthRule.None && options.ServiceAccounts.Count == 0)
            {
                faults.Add($"{key}:Auth is {listener.Auth}, but Lmtp:ServiceAccounts is empty.");
            }
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckAddress(string key, ListenerOptions listener, List<string> faults)
    {
        if (listener.UnixSocket is { } unixSocket)
        {
            CheckUnixSocket($"{key}:UnixSocket", unixSocket, faults);
            return;
        }

        if (listener.Port is < 0 or > IPEndPoint.MaxPort)
        {
            faults.Add($"{key}:Port (or LMTP_PORT) must be a number from 0 to 65535.");
        }

        if (listener.Port == 25)
        {
            faults.Add($"{key}:Port must not be 25: RFC 2033 keeps LMTP off the SMTP port.");
        }

        if (!ListenerAddress.TryParse(listener.Host, out var addresses))
        {
            faults.Add($"{key}:Host (or LMTP_HOST) is '{listener.Host}'; give an IP address, localhost, or * for all addresses.");
        }
        else if (!listener.AllowUnprotected && !IsProtected(listener) && !addresses.All(IPAddress.IsLoopback))
        {
            faults.Add($"{key}:Host is '{listener.Host}', which other machines can reach, but the listener has no TLS, no client "
                + "networks and no authentication: anyone could put mail into any mailbox. Name the mail servers in "
                + $"{key}:ClientNetworks, set {key}:Tls or {key}:Auth, or set {key}:AllowUnprotected to true.");
        }
    }

    /// <summary>TLS counts when no mail is taken without it, authentication when none is taken before it.</summary>
    private static bool IsProtected(ListenerOptions listener) =>
        listener.Tls.Mode is TlsMode.Implicit or TlsMode.StartTlsRequired
        || listener.Auth == AuthRule.Required
        || listener.ClientNetworks.Count > 0
        || listener.ProxyNetworks.Count > 0;

    private static void CheckNetworks(string key, IList<string> networks, List<string> faults)
    {
        for (var i = 0; i < networks.Count; i++)
        {
            if (!NetworkList.TryParse(networks[i], out _))
            {
                faults.Add($"{key}:{i} is '{networks[i]}'; give a network such as 192.0.2.0/24, or an address.");
            }
        }
    }

    private static void CheckUnixSocket(string key, UnixSocketOptions unixSocket, List<string> faults)
    {
        if (!Path.IsPathFullyQualified(unixSocket.Path))
        {
            faults.Add($"{key}:Path must be an absolute path, not '{unixSocket.Path}'.");
        }

        if (Encoding.UTF8.GetByteCount(unixSocket.Path) > UnixSocketOptions.MaxPathBytes)
        {
            faults.Add($"{key}:Path is longer than the {UnixSocketOptions.MaxPathBytes} bytes that a socket address can hold.");
        }

        if (unixSocket.ParsedMode is null)
        {
            faults.Add($"{key}:Mode is '{unixSocket.Mode}'; give three or four octal digits, for example 0660.");
        }
    }
}
