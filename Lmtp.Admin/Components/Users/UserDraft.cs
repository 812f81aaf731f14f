using System.Globalization;
using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Users;

/// <summary>The settings of a user while they are edited.</summary>
internal sealed record UserDraft
{
    private const long MillisecondsOfDay = 24L * 60 * 60 * 1000;

    private static readonly char[] Separators = [',', ';', '\n', '\r'];

    /// <summary>The display name.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The language tag.</summary>
    public string Language { get; set; } = string.Empty;

    /// <summary>0 (everything is spam) to 100 (nothing is).</summary>
    public int? SpamLevel { get; set; }

    /// <summary>How many days new mailboxes keep messages; 0: for ever.</summary>
    public double? RetentionDays { get; set; }

    /// <summary>Messages a minute; 0: the server's default.</summary>
    public long? ReceivedMax { get; set; }

    /// <summary>Forwards a day; 0: the server's default.</summary>
    public long? Forwards { get; set; }

    /// <summary>Where all mail is forwarded to, one a line.</summary>
    public string Targets { get; set; } = string.Empty;

    /// <summary>Free words, separated by commas.</summary>
    public string Tags { get; set; } = string.Empty;

    /// <summary>The settings that a user has.</summary>
    public static UserDraft Of(UserResponse user) => new()
    {
        Name = user.Name ?? string.Empty,
        Language = user.Language ?? string.Empty,
        SpamLevel = user.SpamLevel,
        RetentionDays = (double)user.Retention / MillisecondsOfDay,
        ReceivedMax = user.ReceivedMax,
        Forwards = user.Forwards,
        Targets = string.Join("\n", user.Targets),
        Tags = string.Join(", ", user.Tags),
    };

    /// <summary>What is different from a user's settings, however it is written; null where nothing is.</summary>
    public UpdateUserRequest? ChangesTo(UserResponse user)
    {
        var stored = Of(user);
        var changes = new UpdateUserRequest
        {
            Name = IsSameText(Name, stored.Name) ? null : Name.Trim(),
            Language = IsSameText(Language, stored.Language) ? null : Language.Trim(),
            SpamLevel = SpamLevel == stored.SpamLevel ? null : SpamLevel,
            Retention = RetentionDays == stored.RetentionDays ? null : (long)((RetentionDays ?? 0) * MillisecondsOfDay),
            ReceivedMax = ReceivedMax == stored.ReceivedMax ? null : ReceivedMax ?? 0,
            Forwards = Forwards == stored.Forwards ? null : Forwards ?? 0,
            Targets = IsSameList(Targets, stored.Targets) ? null : Split(Targets),
            Tags = IsSameList(Tags, stored.Tags) ? null : Split(Tags),
        };
        return changes == new UpdateUserRequest() ? null : changes;
    }

    /// <summary>The draft on top of another state of the user: what was not touched follows it.</summary>
    /// <param name="from">The state that was edited.</param>
    /// <param name="to">The state there is now.</param>
    public UserDraft Rebase(UserResponse from, UserResponse to)
    {
        var (before, after) = (Of(from), Of(to));
        return new UserDraft
        {
            Name = IsSameText(Name, before.Name) ? after.Name : Name,
            Language = IsSameText(Language, before.Language) ? after.Language : Language,
            SpamLevel = SpamLevel == before.SpamLevel ? after.SpamLevel : SpamLevel,
            RetentionDays = RetentionDays == before.RetentionDays ? after.RetentionDays : RetentionDays,
            ReceivedMax = ReceivedMax == before.ReceivedMax ? after.ReceivedMax : ReceivedMax,
            Forwards = Forwards == before.Forwards ? after.Forwards : Forwards,
            Targets = IsSameList(Targets, before.Targets) ? after.Targets : Targets,
            Tags = IsSameList(Tags, before.Tags) ? after.Tags : Tags,
        };
    }

    /// <summary>What differs between two states of a user, in words.</summary>
    public static IReadOnlyList<(string What, string Before, string After)> Differences(UserResponse from, UserResponse to)
    {
        List<(string What, string Before, string After)> all =
        [
            (Resources.Texts.DisplayName, from.Name ?? string.Empty, to.Name ?? string.Empty),
            (Resources.Texts.MainAddress, from.Address, to.Address),
            (Resources.Texts.Language, from.Language ?? string.Empty, to.Language ?? string.Empty),
            (Resources.Texts.Quota, Number(from.Quota), Number(to.Quota)),
            (Resources.Texts.SpamLevel, Number(from.SpamLevel), Number(to.SpamLevel)),
            (Resources.Texts.Retention, Number(from.Retention / MillisecondsOfDay), Number(to.Retention / MillisecondsOfDay)),
            (Resources.Texts.ReceivedMax, Number(from.ReceivedMax), Number(to.ReceivedMax)),
            (Resources.Texts.ForwardsADay, Number(from.Forwards), Number(to.Forwards)),
            (Resources.Texts.ForwardAllTo, string.Join(", ", from.Targets), string.Join(", ", to.Targets)),
            (Resources.Texts.Tags, string.Join(", ", from.Tags), string.Join(", ", to.Tags)),
            (Resources.Texts.Disabled, YesNo(from.Disabled), YesNo(to.Disabled)),
            (Resources.Texts.Autoreply, YesNo(from.HasAutoreply), YesNo(to.HasAutoreply)),
        ];
        return [.. all.Where(entry => entry.Before != entry.After)];
    }

    private static bool IsSameText(string text, string other) => text.AsSpan().Trim().SequenceEqual(other.AsSpan().Trim());

    private static bool IsSameList(string text, string other) => Split(text).SequenceEqual(Split(other));

    private static List<string> Split(string text) =>
        [.. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static string Number(long value) => value.ToString("N0", CultureInfo.CurrentCulture);

    private static string YesNo(bool value) => value ? Resources.Texts.Yes : Resources.Texts.No;
}
