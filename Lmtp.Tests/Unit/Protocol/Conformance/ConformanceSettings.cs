using System.Globalization;
using Lmtp.Server.Protocol.Security;

namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>Small limits, so that cases can reach both sides of each; and what each profile adds.</summary>
internal static class ConformanceSettings
{
    public const int MaxMessageSize = 4096;

    private static readonly string Verifier = MakeVerifier("pass word");

    public static Dictionary<string, string?> Of(ConformanceProfile profile)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Lmtp:ServerName"] = "mx.example.test",
            ["Lmtp:Limits:MaxMessageSize"] = MaxMessageSize.ToString(CultureInfo.InvariantCulture),
            ["Lmtp:Limits:MaxHeaderSize"] = "2048",
            ["Lmtp:Limits:MaxReceivedHeaders"] = "10",
            ["Lmtp:Limits:MaxRecipients"] = "5",
            ["Lmtp:Limits:MaxErrors"] = "12",
            ["Lmtp:Limits:MaxCommandLength"] = "512",
            ["Lmtp:Limits:MaxMessagesPerConnection"] = "3",
        };
        switch (profile)
        {
            case ConformanceProfile.Normalise or ConformanceProfile.Reject:
                settings["Lmtp:BareLineEndings"] = profile.ToString();
                break;
            case ConformanceProfile.Auth or ConformanceProfile.AuthRequired:
                settings["Lmtp:ServiceAccounts:0:Name"] = "mta";
                settings["Lmtp:ServiceAccounts:0:Password"] = Verifier;
                break;
        }

        return settings;
    }

    /// <summary>What the profile sets on a listener.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> OfListener(ConformanceProfile profile) => profile switch
    {
        ConformanceProfile.Auth => [new("Auth", "Optional")],
        ConformanceProfile.AuthRequired => [new("Auth", "Required")],
        ConformanceProfile.Relay => [new("XclientNetworks:0", "127.0.0.1"), new("XclientOnUnixSocket", "true")],
        _ => [],
    };

    private static string MakeVerifier(string password)
    {
        var salt = "conformance salt"u8.ToArray();
        var verifier = ScramVerifier.Derive(password, salt);
        return $"SCRAM-SHA-256$4096:{Convert.ToBase64String(salt)}${Convert.ToBase64String(verifier.StoredKey)}:{Convert.ToBase64String(verifier.ServerKey)}";
    }
}
