using Microsoft.Extensions.Options;

namespace Lmtp.Admin.Api;

/// <summary>Reports every fault of <see cref="LmtpApiOptions"/> at once, each with its key.</summary>
internal sealed class LmtpApiOptionsValidator : IValidateOptions<LmtpApiOptions>
{
    public ValidateOptionsResult Validate(string? name, LmtpApiOptions options)
    {
        List<string> faults = [];
        if (options.BaseAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            faults.Add($"{LmtpApiOptions.Section}:{nameof(options.BaseAddress)} must be the http or https address of the mail server.");
        }

        if (string.IsNullOrWhiteSpace(options.Key))
        {
            faults.Add($"{LmtpApiOptions.Section}:{nameof(options.Key)} is missing: it is what the mail server has as Lmtp:Api:PortalKey.");
        }

        if (options.Timeout <= TimeSpan.Zero)
        {
            faults.Add($"{LmtpApiOptions.Section}:{nameof(options.Timeout)} must be more than zero.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
