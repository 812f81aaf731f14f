using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Deliveries;

/// <summary>What the page of the delivery log searches for.</summary>
/// <param name="Field">What <paramref name="Term"/> is looked for in; one of <see cref="Fields"/>.</param>
/// <param name="Term">What to look for; null: anything.</param>
/// <param name="Outcome">The outcome to show; null: all.</param>
public readonly record struct DeliveryQuestion(string Field, string? Term, string? Outcome)
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
    public bool IsSearching => Term is not null || Outcome is not null;

    /// <summary>Takes what somebody entered, or an address says, whatever that is.</summary>
    /// <param name="field">A field; one that does not exist counts as the recipient.</param>
    /// <param name="term">What to look for.</param>
    /// <param name="outcome">An outcome.</param>
    public static DeliveryQuestion Of(string? field, string? term, string? outcome) => new(
        field is not null && Fields.ContainsKey(field) ? field : Recipient,
        string.IsNullOrWhiteSpace(term) ? null : term.Trim(),
        string.IsNullOrEmpty(outcome) ? null : outcome);

    /// <summary>As the query of an address; the usual is left out.</summary>
    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>
    {
        ["field"] = Field == Recipient ? null : Field,
        ["term"] = Term,
        ["outcome"] = Outcome,
    };

    /// <summary>As a question to the mail server.</summary>
    public DeliverySearch ToSearch() => new()
    {
        Recipient = TermFor(Recipient),
        Sender = TermFor("sender"),
        QueueId = TermFor("queue"),
        MessageId = TermFor("message"),
        Session = TermFor("session"),
        Outcomes = Outcome is null ? [] : [Outcome],
    };

    private string? TermFor(string field) => Field == field ? Term : null;
}
