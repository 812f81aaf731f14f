using System.Globalization;

namespace Lmtp.Admin.Components.Deliveries;

/// <summary>The words of the delivery log.</summary>
internal static class DeliveryText
{
    /// <summary>The outcomes that somebody looks for, the good ones first.</summary>
    public static IReadOnlyList<string> Outcomes { get; } =
    [
        "stored", "duplicate", "dropped", "forwarded", "unknown_recipient", "mailbox_disabled", "mailbox_full_temporary",
        "mailbox_full_permanent", "message_too_large", "message_too_complex", "rejected_by_filter", "forwarding_loop",
        "rate_limited", "user_busy", "in_progress_elsewhere", "temporary_failure",
    ];

    /// <summary>An outcome in words; one that this version does not know, as it is written.</summary>
    public static string Outcome(string outcome) =>
        Resources.Texts.ResourceManager.GetString($"Outcome_{outcome}", CultureInfo.CurrentUICulture) ?? outcome.Replace('_', ' ');

    /// <summary>The look of an outcome: what arrived, what the sender tries again, what was refused.</summary>
    public static string Badge(string outcome, string reply) => reply switch
    {
        ['2', ..] when outcome == "stored" => "badge-good",
        ['2', ..] => "badge-neutral",
        ['4', ..] => "badge-warn",
        _ => "badge-bad",
    };

    /// <summary>The null reverse-path is written as the protocol writes it.</summary>
    public static string Sender(string sender) => sender.Length > 0 ? sender : "<>";

    /// <summary>A duration with as many digits as mean something.</summary>
    public static string Duration(double milliseconds) => milliseconds switch
    {
        < 10 => string.Create(CultureInfo.CurrentCulture, $"{milliseconds:0.0}\u00a0ms"),
        < 1000 => string.Create(CultureInfo.CurrentCulture, $"{milliseconds:0}\u00a0ms"),
        _ => string.Create(CultureInfo.CurrentCulture, $"{milliseconds / 1000:0.0}\u00a0s"),
    };
}
