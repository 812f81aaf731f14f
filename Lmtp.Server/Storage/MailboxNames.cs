using System.Collections.Frozen;

namespace Lmtp.Server.Storage;

/// <summary>The names that the mailboxes of a new user get in the user's language, as WildDuck has them.</summary>
/// <param name="Sent">The mailbox with the special use <c>\Sent</c>.</param>
/// <param name="Trash">The mailbox with the special use <c>\Trash</c>.</param>
/// <param name="Drafts">The mailbox with the special use <c>\Drafts</c>.</param>
/// <param name="Junk">The mailbox with the special use <c>\Junk</c>.</param>
internal sealed record MailboxNames(string Sent, string Trash, string Drafts, string Junk)
{
    private static readonly MailboxNames English = new("Sent Mail", "Trash", "Drafts", "Junk");

    private static readonly FrozenDictionary<string, MailboxNames> ByLanguage = new Dictionary<string, MailboxNames>
    {
        ["cs"] = new("Odeslané", "Koš", "Rozepsané", "Spam"),
        ["da"] = new("Sendt post", "Papirkurv", "Kladder", "Spam"),
        ["de"] = new("Gesendet", "Gelöscht", "Entwürfe", "Spam"),
        ["es"] = new("Enviados", "Papelera", "Borradores", "No deseado"),
        ["et"] = new("Saadetud kirjad", "Prügikast", "Mustandid", "Rämpspost"),
        ["fi"] = new("Lähetetyt", "Roskakori", "Luonnokset", "Roskaposti"),
        ["fr"] = new("Envoyés", "Corbeille", "Brouillons", "Pourriels"),
        ["hu"] = new("Küldöttek", "Kuka", "Piszkozatok", "Kéretlen"),
        ["it"] = new("Inviata", "Cestino", "Bozze", "Spam"),
        ["ja"] = new("送信済み", "ごみ箱", "下書き", "迷惑メール"),
        ["ko"] = new("보낸 편지함", "지운 편지함", "임시 보관함", "스팸 편지함"),
        ["lt"] = new("Išsiųsti laiškai", "Šiukšlinė", "Juodraščiai", "Brukalas"),
        ["lv"] = new("Nosūtītās", "Papīrgrozs", "Uzmetumi", "Mēstules"),
        ["nb"] = new("Sendt", "Slettet", "Kladd", "Spam"),
        ["nl"] = new("Verzonden berichten", "Prullenbak", "Concepten", "Spam"),
        ["pl"] = new("Wysłane", "Kosz", "Kopie robocze", "Spam"),
        ["pt"] = new("Enviados", "Lixeira", "Rascunhos", "Spam"),
        ["ro"] = new("Trimise", "Gunoi", "Ciorne", "Spam"),
        ["ru"] = new("Отправленные", "Корзина", "Черновики", "СПАМ"),
        ["sk"] = new("Odoslané", "Kôš", "Koncepty", "Nevyžiadaná pošta"),
        ["sl"] = new("Poslano", "Smeti", "Osnutki", "Neželena sporočila"),
        ["sv"] = new("Skickat", "Papperskorg", "Utkast", "Skräp"),
        ["tr"] = new("Giden", "Çöp", "Taslak", "İstenmeyen"),
        ["uk"] = new("Надіслані", "Кошик", "Чернетки", "Спам"),
    }.ToFrozenDictionary();

    /// <summary>English for a language that is not known.</summary>
    public static MailboxNames For(string? language)
    {
        var code = (language ?? string.Empty).Split('_', '-')[0].ToLowerInvariant();
        return ByLanguage.GetValueOrDefault(code, English);
    }
}
