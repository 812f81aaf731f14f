using System.Globalization;

namespace Lmtp.Server.Filters;

/// <summary>
/// The header fields by which WildDuck tells why a message is, or is not, in Junk. The sentences are part of the
/// format. Specification section 7.4.
/// </summary>
internal static class SpamClassification
{
    public static IReadOnlyList<(string Name, string Value)> Fields(
        bool isSpam, SpamSource source, DomainAccessRule? rule, UserFilter? filter) =>
        source == SpamSource.None
            ? []
            :
            [
                ("WD-Mail-Classification", isSpam ? "junk" : "not-junk"),
                ("WD-Mail-Classification-Source", Name(source)),
                ("WD-Mail-Classification-Info", $"{Reason(isSpam, source, rule, filter)} {Advice(isSpam, source)}"),
            ];

    private static string Name(SpamSource source) => source switch
    {
        SpamSource.DomainAccess => "user-domainaccess",
        SpamSource.SpamLevel => "user-spamlevel",
        _ => "user-filter",
    };

    private static string Reason(bool isSpam, SpamSource source, DomainAccessRule? rule, UserFilter? filter)
    {
        var what = isSpam ? "This message was moved to Junk" : "This message was marked as not junk";
        return source switch
        {
            SpamSource.DomainAccess =>
                $"{what} because messages from {Domain(rule)} are {(isSpam ? "blocked" : "allowed")} for your account.",
            SpamSource.SpamLevel => $"{what} by spam protection rules.",
            _ => $"{what} by your mail filter added on {Date(filter)}.",
        };
    }

    private static string Advice(bool isSpam, SpamSource source) => (isSpam, source) switch
    {
        (true, SpamSource.Filter) => "If this is not spam, update your filter settings in Webmail.",
        (false, SpamSource.Filter) => "If this is spam, update your filter settings in Webmail.",
        (true, _) => "If this is not spam, mark it as Not Junk.",
        _ => "If this is spam, move it to Junk.",
    };

    private static string Domain(DomainAccessRule? rule) =>
        string.IsNullOrEmpty(rule?.Domain) ? "the sender domain" : $"the sender domain {rule.Domain}";

    private static string Date(UserFilter? filter) =>
        filter?.Created?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "an unknown date";
}
