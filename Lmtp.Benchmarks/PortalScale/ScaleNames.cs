using System.Globalization;

namespace Lmtp.Benchmarks.PortalScale;

/// <summary>Who the users are and who writes to them: the same in every run.</summary>
internal static class ScaleNames
{
    /// <summary>The sender of every tenth message, as a large mailing has it.</summary>
    public const string FrequentSender = "news@mailing.test";

    private const int Domains = 20;

    private static readonly string[] First =
    [
        "anna", "ben", "clara", "david", "emma", "felix", "greta", "hugo", "ida", "jonas",
        "karla", "leo", "mia", "noah", "olga", "paul", "quirin", "rosa", "samuel", "tilda",
    ];

    private static readonly string[] Last =
    [
        "adler", "becker", "conrad", "dietz", "ebert", "fuchs", "geiger", "haas", "iser", "jung",
        "keller", "lang", "maurer", "neumann", "otto", "peters", "quast", "richter", "sauer", "thoma",
    ];

    /// <summary>The user name of a user.</summary>
    public static string Username(int user) => string.Create(
        CultureInfo.InvariantCulture,
        $"{First[user % First.Length]}.{Last[user / First.Length % Last.Length]}{user}");

    /// <summary>The address of a user.</summary>
    public static string Address(int user) => $"{Username(user)}@{Domain(user % Domains)}";

    /// <summary>A domain of users.</summary>
    public static string Domain(int domain) => string.Create(CultureInfo.InvariantCulture, $"d{domain}.example.test");

    /// <summary>The envelope sender of a message.</summary>
    public static string Sender(int entry) => entry % 10 == 0
        ? FrequentSender
        : string.Create(CultureInfo.InvariantCulture, $"sender{entry % 50_000}@friend{entry % 500}.test");

    /// <summary>The MTA's queue id of a message.</summary>
    public static string QueueId(int entry) => string.Create(CultureInfo.InvariantCulture, $"4X{entry:X7}");

    /// <summary>The Message-ID of a message.</summary>
    public static string MessageId(int entry) => string.Create(CultureInfo.InvariantCulture, $"<{entry:x8}.1@friend.test>");

    /// <summary>How a delivery ended: nearly all well, one of 5,000 in the rarest way.</summary>
    public static string Outcome(int entry) => (entry % 5_000, entry % 50) switch
    {
        (17, _) => "mailbox_disabled",
        (_, 3) => "unknown_recipient",
        (_, 7) => "duplicate",
        _ => "stored",
    };
}
