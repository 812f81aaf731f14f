using Lmtp.Contracts;
using Lmtp.Server.Api.Problems;

namespace Lmtp.Server.Api.Probe;

/// <summary>What a request to the probe tools may hold. Nothing in it can become a command of its own.</summary>
internal static class ProbeRules
{
    private const int MinTimeout = 100;
    private const int MaxConnectTimeout = 60_000;
    private const int MaxSendTimeout = 120_000;
    private const int MaxRecipients = 100;
    private const int MaxAddressLength = 320;
    private const int MaxSubjectLength = 500;
    private const int MaxBodyLength = 256 * 1024;
    private const int MaxHostLength = 255;

    public static FieldErrors Check(LmtpConnectRequest request)
    {
        var errors = new FieldErrors();
        CheckServer(errors, request.Host, request.Port, request.Tls);
        errors.Range("timeout", request.Timeout, MinTimeout, MaxConnectTimeout);
        return errors;
    }

    public static FieldErrors Check(LmtpSendRequest request)
    {
        var errors = new FieldErrors();
        CheckServer(errors, request.Host, request.Port, request.Tls);
        errors.Range("timeout", request.Timeout, MinTimeout, MaxSendTimeout);
        errors.Text("subject", request.Subject, MaxSubjectLength);
        if (request.From.Length > 0)
        {
            CheckAddress(errors, "from", request.From);
        }

        if (request.To.Count is 0 or > MaxRecipients)
        {
            errors.Add("to", $"Between 1 and {MaxRecipients} recipients.");
        }

        foreach (var recipient in request.To.Take(MaxRecipients))
        {
            CheckAddress(errors, "to", recipient);
        }

        if (request.Body is { Length: > MaxBodyLength })
        {
            errors.Add("body", $"At most {MaxBodyLength} characters.");
        }

        return errors;
    }

    /// <summary>The mode that a text names; null for a text that names none.</summary>
    public static ProbeTls? ParseTls(string? tls) => tls switch
    {
        null or "none" => ProbeTls.None,
        "starttls" => ProbeTls.StartTls,
        "implicit" => ProbeTls.Implicit,
        _ => null,
    };

    private static void CheckServer(FieldErrors errors, string host, int? port, string? tls)
    {
        errors.Text("host", host, MaxHostLength);
        if (string.IsNullOrWhiteSpace(host))
        {
            errors.Add("host", "A host name, an address or the path of a Unix socket.");
        }

        errors.Range("port", port, 1, ushort.MaxValue);
        if (ParseTls(tls) is null)
        {
            errors.Add("tls", "One of none, starttls, implicit.");
        }
    }

    private static void CheckAddress(FieldErrors errors, string field, string? address)
    {
        errors.Text(field, address, MaxAddressLength);
        if (string.IsNullOrWhiteSpace(address) || address.AsSpan().IndexOfAny("<> ") >= 0 || address.EndsWith('\\'))
        {
            errors.Add(field, "Not an address.");
        }
    }
}
