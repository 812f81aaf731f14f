using System.Globalization;
using Lmtp.Admin.Components.Parts;
using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Limits;

/// <summary>Writes limits the way people say them.</summary>
internal static class LimitText
{
    private const string Bytes = "By";
    private const string Kilobytes = "KiBy";
    private const int BytesPerKilobyte = 1024;

    /// <summary>"3,600 messages per hour", or that there is no limit.</summary>
    public static string Rule(long count, double periodSeconds, string unit) => count == 0
        ? Resources.Texts.NoLimit
        : $"{Amount(count, unit)} {Resources.Texts.Per} {Period(periodSeconds)}";

    /// <summary>What a limit of the log is called: "Messages for the user"; one that is not known, by its own name in words.</summary>
    public static string Name(string name)
    {
        if (Resources.Texts.ResourceManager.GetString($"Limit_{name}", CultureInfo.CurrentUICulture) is { } text)
        {
            return text;
        }

        var words = name.Replace('_', ' ');
        return words.Length == 0 ? words : char.ToUpper(words[0], CultureInfo.CurrentCulture) + words[1..];
    }

    /// <summary>"3,600 messages", or "10 MiB".</summary>
    public static string Amount(long count, string unit) => SizeOf(unit) is { } size
        ? ByteSize.Format(count * size)
        : $"{count.ToString("N0", CultureInfo.CurrentCulture)}\u00a0{UnitName(unit, count)}";

    /// <summary>The number alone where the unit stands elsewhere; sizes keep theirs.</summary>
    public static string Number(long count, string unit) =>
        SizeOf(unit) is { } size ? ByteSize.Format(count * size) : count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>What is counted, as it is called when there are so many.</summary>
    public static string UnitName(string unit, long count) => unit switch
    {
        "{connection}" or "{transaction}" or "{message}" or "{recipient}" or "{forward}" or "{reply}" => Resources.CountedText.Find($"Unit_{unit.Trim('{', '}')}", count),
        Kilobytes => "KiB",
        _ => unit,
    };

    /// <summary>Where a rule comes from.</summary>
    public static string Source(string source) => source switch
    {
        "override" => Resources.Texts.SourceOverride,
        "user_document" => Resources.Texts.SourceUserDocument,
        "received_max" => Resources.Texts.SourceReceivedMax,
        "configuration" => Resources.Texts.SourceConfiguration,
        _ => Resources.Texts.SourceDefault,
    };

    /// <summary>What a subject of that kind is.</summary>
    public static string Party(string party) => party switch
    {
        "client" => Resources.Texts.PartyClient,
        "sender" => Resources.Texts.PartySender,
        "recipient_user" => Resources.Texts.PartyUser,
        _ => Resources.Texts.PartyDomain,
    };

    /// <summary>"hour", "2 days", "90 seconds".</summary>
    public static string Period(double seconds)
    {
        var unit = LimitPeriod.UnitOf((long)seconds);
        var amount = (long)seconds / unit.Seconds;
        return amount == 1 ? unit.One : $"{amount.ToString("N0", CultureInfo.CurrentCulture)}\u00a0{unit.Many}";
    }

    /// <summary>A time to wait in its largest unit, rounded up: "5 minutes".</summary>
    public static string Wait(double seconds)
    {
        var unit = LimitPeriod.Units.Last(candidate => candidate.Seconds <= Math.Max(1, seconds));
        var amount = (long)Math.Ceiling(Math.Max(1, seconds) / unit.Seconds);
        return $"{amount.ToString("N0", CultureInfo.CurrentCulture)}\u00a0{(amount == 1 ? unit.One : unit.Many)}";
    }

    // Sizes have UCUM's names.
    private static int? SizeOf(string unit) => unit switch
    {
        Bytes => 1,
        Kilobytes => BytesPerKilobyte,
        _ => null,
    };

    /// <summary>How much of a limit is used, 0 to 100.</summary>
    public static long Percent(EffectiveLimitResponse limit) =>
        limit.Count > 0 ? Math.Min(100, limit.Used * 100 / limit.Count) : 0;
}
