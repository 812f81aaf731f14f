using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Tools;

/// <summary>What somebody types into the LMTP tools.</summary>
internal sealed class ToolForm
{
    private static readonly char[] BetweenRecipients = [',', ' ', ';', '\n', '\r', '\t'];

    /// <summary>Whether the server listens at a Unix socket.</summary>
    public bool IsSocket { get; set; }

    /// <summary>Host name or address.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>The TCP port; null: LMTP's own.</summary>
    public int? Port { get; set; } = 2003;

    /// <summary>The path of the socket.</summary>
    public string Path { get; set; } = string.Empty;

    /// <summary><c>none</c>, <c>starttls</c> or <c>implicit</c>.</summary>
    public string Tls { get; set; } = "none";

    /// <summary>How many seconds all of it may take.</summary>
    public int? Seconds { get; set; } = 10;

    /// <summary>The envelope sender.</summary>
    public string? From { get; set; } = "postmaster@example.org";

    /// <summary>The recipients, with anything between them.</summary>
    public string To { get; set; } = string.Empty;

    /// <summary>The subject.</summary>
    public string? Subject { get; set; } = Resources.Texts.TestSubject;

    /// <summary>The text.</summary>
    public string? Body { get; set; } = Resources.Texts.TestBody;

    private string Target => IsSocket ? Path.Trim() : Host.Trim();

    private int? Timeout => Seconds is { } seconds ? (int)Math.Clamp(seconds * 1000L, int.MinValue, int.MaxValue) : null;

    /// <summary>Takes a listener of the mail server as the server to talk to.</summary>
    public void Use(ListenerResponse listener)
    {
        Tls = listener.Tls switch
        {
            "implicit" => "implicit",
            "starttls" or "starttls-required" => "starttls",
            _ => "none",
        };
        var colon = listener.Address.LastIndexOf(':');
        IsSocket = listener.Address.StartsWith('/');
        if (IsSocket)
        {
            Path = listener.Address;
        }
        else if (colon > 0 && int.TryParse(listener.Address.AsSpan(colon + 1), out var port))
        {
            // A listener at every address is reached at this machine's own.
            var host = listener.Address[..colon].Trim('[', ']');
            Host = host switch
            {
                "0.0.0.0" => "127.0.0.1",
                "::" => "::1",
                _ => host,
            };
            Port = port;
        }
    }

    /// <summary>The request to probe the server.</summary>
    public LmtpConnectRequest ToProbe() => new() { Host = Target, Port = IsSocket ? null : Port, Tls = Tls, Timeout = Timeout };

    /// <summary>The request to send a message.</summary>
    public LmtpSendRequest ToMessage() => new()
    {
        Host = Target,
        Port = IsSocket ? null : Port,
        Tls = Tls,
        Timeout = Timeout,
        From = From?.Trim() ?? string.Empty,
        To = To.Split(BetweenRecipients, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        Subject = Subject,
        Body = Body,
    };
}
