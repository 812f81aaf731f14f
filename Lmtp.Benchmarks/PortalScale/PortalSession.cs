using System.Text.RegularExpressions;
using Lmtp.Contracts;

namespace Lmtp.Benchmarks.PortalScale;

/// <summary>Signs in to the portal as a browser does: by a one-time link.</summary>
internal static partial class PortalSession
{
    private const string Password = "correct horse battery staple";

    /// <summary>Makes an administrator; the client's cookies carry the session from then on.</summary>
    public static async Task SignInAsync(HttpClient portal, LmtpApiClient api, CancellationToken cancellationToken)
    {
        var link = await api.AddPortalLinkAsync(new PortalLinkRequest { Role = PortalRole.Admin }, cancellationToken).ConfigureAwait(false);
        var form = await portal.GetStringAsync("welcome", cancellationToken).ConfigureAwait(false);
        Dictionary<string, string> fields = new()
        {
            ["__RequestVerificationToken"] = AntiforgeryToken().Match(form).Groups[1].Value,
            ["_handler"] = "welcome",
            ["Input.Token"] = link.Token!,
            ["Input.Name"] = $"measure{Environment.ProcessId}",
            ["Input.Password"] = Password,
            ["Input.Repeated"] = Password,
        };
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await portal.PostAsync("welcome", content, cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();
}
