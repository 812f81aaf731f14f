using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Lmtp.Admin.Accounts.External;

/// <summary>Finds at start what would keep everybody out later.</summary>
internal sealed class ExternalSignInOptionsValidator(IOptions<AuthenticationOptions> authentication) : IValidateOptions<ExternalSignInOptions>
{
    public ValidateOptionsResult Validate(string? name, ExternalSignInOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        var faults = new ValidateOptionsResultBuilder();
        if (string.IsNullOrEmpty(options.Scheme))
        {
            if (!string.IsNullOrEmpty(options.Assembly))
            {
                faults.AddError("An assembly is given, but not the scheme that it adds.", Key(nameof(options.Scheme)));
            }

            return faults.Build();
        }

        if (!authentication.Value.SchemeMap.ContainsKey(options.Scheme))
        {
            faults.AddError($"There is no authentication scheme '{options.Scheme}'.", Key(nameof(options.Scheme)));
        }

        if (options.Admin.Count + options.Support.Count + options.ReadOnly.Count == 0)
        {
            faults.AddError($"No value of the claim '{options.RoleClaim}' leads to a role.", Key(nameof(options.Admin)));
        }

        foreach (var (field, value) in ((string, string)[])
            [(nameof(options.DisplayName), options.DisplayName), (nameof(options.NameClaim), options.NameClaim), (nameof(options.RoleClaim), options.RoleClaim)])
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                faults.AddError("Must not be empty.", Key(field));
            }
        }

        return faults.Build();
    }

    private static string Key(string setting) => $"{ExternalSignInOptions.Section}:{setting}";
}
