using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>Makes the documents of a new user, field by field as WildDuck's API does. Specification section 2.1, 2.5.</summary>
internal static class UserDocument
{
    private const long MaxRetentionOfTrashAndJunk = 30L * 24 * 3600 * 1000;

    /// <summary>The user as first inserted: disabled, without password and address until the rest is there.</summary>
    public static BsonDocument Create(NewUser user, DateTimeOffset now)
    {
        var document = new BsonDocument
        {
            { "_id", ObjectId.GenerateNewId(now.UtcDateTime) },
            { "username", EcmaScriptText.ToLower(user.Username) },
            { "unameview", MailAddressNormalizer.ToView(user.Username) },
            { "name", OrNull(user.Name) },
            { "password", string.Empty },
            { "enabled2fa", new BsonArray() },
            { "seed", string.Empty },
            { "pendingSeed", string.Empty },
            { "pendingSeedChanged", false },
            { "webauthn", new BsonDocument("credentials", new BsonArray()) },
            { "authVersion", 1 },
            { "address", string.Empty },
            { "language", OrNull(user.Language) },
            { "storageUsed", 0 },
        };
        AddLimits(document, user);
        AddEncryption(document);
        document.AddRange(new BsonDocument
        {
            { "spamLevel", Math.Clamp(user.SpamLevel, 0, 100) },
            { "retention", BsonFields.ToJavaScriptNumber(user.Retention ?? 0) },
            { "disabledScopes", new BsonArray() },
            { "require2faEnabled", false },
            { "lastLogin", new BsonDocument { { "time", false }, { "authEvent", false }, { "ip", false } } },
            { "metaData", string.Empty },
            { "internalData", string.Empty },
            { "activated", false },
            { "disabled", true },
            { "suspended", false },
            { "featureFlags", new BsonDocument() },
            { "created", now.UtcDateTime },
        });
        if (user.Tags.Count > 0)
        {
            document.Add("tags", new BsonArray(user.Tags));
            document.Add("tagsview", new BsonArray(user.Tags.Select(EcmaScriptText.ToLower)));
        }

        return document;
    }

    /// <summary>INBOX, Sent, Trash, Drafts and Junk.</summary>
    public static List<BsonDocument> CreateMailboxes(NewUser user, ObjectId userId, DateTimeOffset now)
    {
        var names = MailboxNames.For(user.Language);
        return
        [
            Mailbox("INBOX", null, user.Retention),
            Mailbox(names.Sent, @"\Sent", user.Retention),
            Mailbox(names.Trash, @"\Trash", Shortened(user.Retention)),
            Mailbox(names.Drafts, @"\Drafts", user.Retention),
            Mailbox(names.Junk, @"\Junk", Shortened(user.Retention)),
        ];

        BsonDocument Mailbox(string path, string? specialUse, long? retention) => new()
        {
            { "_id", ObjectId.GenerateNewId(now.UtcDateTime) },
            { "path", path },
            { "specialUse", OrNull(specialUse) },
            { "uidValidity", (int)now.ToUnixTimeSeconds() },
            { "uidNext", 1 },
            { "modifyIndex", 1 },
            { "subscribed", true },
            { "flags", new BsonArray() },
            { "user", userId },
            { "retention", retention is { } value ? BsonFields.ToJavaScriptNumber(value) : BsonNull.Value },
        };
    }

    private static void AddLimits(BsonDocument document, NewUser user) => document.AddRange(new BsonDocument
    {
        { "quota", BsonFields.ToJavaScriptNumber(user.Quota) },
        { "recipients", 0 },
        { "forwards", BsonFields.ToJavaScriptNumber(user.Forwards) },
        { "filters", 0 },
        { "imapMaxUpload", 0 },
        { "imapMaxDownload", 0 },
        { "pop3MaxDownload", 0 },
        { "pop3MaxMessages", 0 },
        { "imapMaxConnections", 0 },
        { "receivedMax", BsonFields.ToJavaScriptNumber(user.ReceivedMax) },
        { "targets", new BsonArray() },
        { "autoreply", false },
    });

    private static void AddEncryption(BsonDocument document) => document.AddRange(new BsonDocument
    {
        { "uploadSentMessages", false },
        { "pubKey", string.Empty },
        { "smimeCerts", new BsonArray() },
        { "smimeCipher", "AES-CBC" },
        { "smimeKeyTransport", "PKCS#1 v1.5" },
        { "encryptMessages", false },
        { "encryptForwarded", false },
    });

    private static long Shortened(long? retention) =>
        retention is > 0 ? Math.Min(retention.Value, MaxRetentionOfTrashAndJunk) : MaxRetentionOfTrashAndJunk;

    private static BsonValue OrNull(string? text) => text is null ? BsonNull.Value : new BsonString(text);
}
