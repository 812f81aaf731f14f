using Lmtp.Admin.Components.Parts;
using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Deliveries;

/// <summary>What the page of the delivery log searches for.</summary>
/// <param name="Field">What <paramref name="Term"/> is looked for in; one of <see cref="Fields"/>.</param>
/// <param name="Term">What to look for; null: anything.</param>
/// <param name="Outcome">The outcome to show; null: all.</param>
/// <param name="From">The first day, as year-month-day; null: from the beginning.</param>
/// <param name="Until">The last day, as year-month-day; null: until now.</param>
public readonly record struct DeliveryQuestion(string Field, string? Term, string? Outcome, string? From, string? Until)
{
    private const string Recipient = "recipient";

    /// <summary>The fields that can be searched in, with their names.</summary>
    public static IReadOnlyDictionary<string, string> Fields { get; } = new Dictionary<string, string>
    {
        [Recipient] = Resources.Texts.Recipient,
        ["sender"] = Resources.Texts.EnvelopeSender,
        ["queue"] = Resources.Texts.QueueId,
        ["message"] = Resources.Texts.MessageId,
        ["session"] = Resources.Texts.Session,
    };

    /// <summary>Whether it narrows what is shown.</summary>
    public bool IsSearching => Term is not null || Outcome is not null || HasDays;

    /// <summary>Whether there are days, which mean other times in other zones.</summary>
    public bool HasDays => From is not null || Until is not null;

    /// <summary>Takes what somebody entered, or an address says, whatever that is.</summary>
    /// <param name="field">A field; one that does not exist counts as the recipient.</param>
    /// <param name="term">What to look for.</param>
    /// <param name="outcome">An outcome.</param>
    /// <param name="from">The first day; what is no day narrows nothing.</param>
    /// <param name="until">The last day; what is no day narrows nothing.</param>
    public static DeliveryQuestion Of(string? field, string? term, string? outcome, string? from = null, string? until = null) => new(
        field is not null && Fields.ContainsKey(field) ? field : Recipient,
        string.IsNullOrWhiteSpace(term) ? null : term.Trim(),
        string.IsNullOrEmpty(outcome) ? null : outcome,
        CalendarDay.Write(CalendarDay.Parse(from)),
        CalendarDay.Write(CalendarDay.Parse(until)));

    /// <summary>As the query of an address; the usual is left out.</summary>
    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>
    {
        ["field"] = Field == Recipient ? null : Field,
        ["term"] = Term,
        ["outcome"] = Outcome,
        ["from"] = From,
        ["until"] = Until,
    };

    /// <summary>As a question to the mail server.</summary>
    /// <param name="zone">Where the days begin and end.</param>
    public DeliverySearch ToSearch(TimeZoneInfo zone) => new()
    {
        Recipient = TermFor(Recipient),
        Sender = TermFor("sender"),
        QueueId = TermFor("queue"),
        MessageId = TermFor("message"),
        Session = TermFor("session"),
        Outcomes = Outcome is null ? [] : [Outcome],
        From = CalendarDay.StartOf(CalendarDay.Parse(From), zone),
        Before = CalendarDay.EndOf(CalendarDay.Parse(Until), zone),
    };

    private string? TermFor(string field) => Field == field ? Term : null;
}
