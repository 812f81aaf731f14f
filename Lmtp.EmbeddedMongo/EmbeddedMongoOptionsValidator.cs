using System.Net;
using System.Text;
using Lmtp.ServiceDefaults.Authentication;
using Microsoft.Extensions.Options;

namespace Lmtp.EmbeddedMongo;

/// <summary>Checks the settings before anything is started, and names every fault with its key.</summary>
internal sealed class EmbeddedMongoOptionsValidator : IValidateOptions<EmbeddedMongoOptions>
{
    private const int MaxSocketPathBytes = 107;
    private const int MaxJournalInterval = 10_000;

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, EmbeddedMongoOptions options)
    {
        var faults = DataFaults(options).Concat(EndpointFaults(options)).Concat(CredentialFaults(options)).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> DataFaults(EmbeddedMongoOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Data))
        {
            yield return "EmbeddedMongo:Data must name a directory";
        }

        if (options.JournalInterval is < 1 or > MaxJournalInterval)
        {
            yield return $"EmbeddedMongo:JournalInterval must be between 1 and {MaxJournalInterval} ms, not {options.JournalInterval}";
        }

        if (options.CursorTimeout <= TimeSpan.Zero)
        {
            yield return "EmbeddedMongo:CursorTimeout must be above zero";
        }

        if (options.ExpiryInterval <= TimeSpan.Zero)
        {
            yield return "EmbeddedMongo:ExpiryInterval must be above zero";
        }
    }

    private static IEnumerable<string> EndpointFaults(EmbeddedMongoOptions options)
    {
        if (options.Port is < -1 or > 65535)
        {
            yield return $"EmbeddedMongo:Port must be between -1 and 65535, not {options.Port}";
        }

        if (!IPAddress.TryParse(options.Bind, out var address))
        {
            yield return $"EmbeddedMongo:Bind must be an IP address, not '{options.Bind}'";
        }
        else if (!IPAddress.IsLoopback(address) && options.Port >= 0 && !options.RequiresAuthentication)
        {
            yield return $"EmbeddedMongo:Bind {options.Bind} is not loopback: configure EmbeddedMongo:User and a password first";
        }

        if (options.Port < 0 && string.IsNullOrEmpty(options.Socket))
        {
            yield return "EmbeddedMongo:Port is -1 and EmbeddedMongo:Socket names no path: nothing to listen on";
        }

        if (options.Socket is { Length: > 0 } path && Encoding.UTF8.GetByteCount(path) > MaxSocketPathBytes)
        {
            yield return $"EmbeddedMongo:Socket must be at most {MaxSocketPathBytes} bytes long";
        }
    }

    private static IEnumerable<string> CredentialFaults(EmbeddedMongoOptions options)
    {
        if (options.PasswordFile is { Length: > 0 } file && !File.Exists(file))
        {
            yield return $"EmbeddedMongo:PasswordFile {file} does not exist";
        }
        else if (options.RequiresAuthentication && string.IsNullOrEmpty(options.Password) && string.IsNullOrEmpty(options.PasswordFile))
        {
            yield return "EmbeddedMongo:User is set: EmbeddedMongo:Password or EmbeddedMongo:PasswordFile must be set as well";
        }
        else if (options.RequiresAuthentication && !SaslPrep.TryPrepare(options.ReadPassword(), out _))
        {
            var key = string.IsNullOrEmpty(options.PasswordFile) ? "Password" : "PasswordFile";
            yield return $"EmbeddedMongo:{key} holds no password, or characters that no client can send (SASLprep, RFC 4013)";
        }
    }
}
