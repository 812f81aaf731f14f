using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>The collections of a WildDuck installation, by name. Specification section 1.</summary>
public sealed class MailDatabase
{
    /// <summary>The database when neither the options nor the connection string name one.</summary>
    public const string DefaultDatabaseName = "mail";

    private readonly IMongoDatabase _main;
    private readonly IMongoDatabase _users;
    private readonly IMongoDatabase _attachments;
    private readonly IMongoDatabase _queue;

    /// <summary>Makes the handles; nothing is sent to the server yet.</summary>
    public MailDatabase(IMongoClient client, IOptions<StorageOptions> options, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configuration);

        var storage = options.Value;
        var main = storage.Database ?? NameInConnectionString(configuration) ?? DefaultDatabaseName;
        _main = client.GetDatabase(main);
        _users = client.GetDatabase(storage.UsersDatabase ?? main);
        _attachments = client.GetDatabase(storage.AttachmentsDatabase ?? main);
        _queue = client.GetDatabase(storage.QueueDatabase);
        Own = client.GetDatabase(storage.OwnDatabase);
    }

    /// <summary>
    /// The write concern of everything that an answer of 250 relies upon: on the disks of a majority.
    /// </summary>
    public static WriteConcern Durable { get; } = WriteConcern.WMajority.With(journal: true);

    /// <summary>The database of what WildDuck's format has no place for.</summary>
    public IMongoDatabase Own { get; }

    /// <summary>The database of mailboxes and messages.</summary>
    public IMongoDatabase Main => _main;

    internal IMongoCollection<BsonDocument> Users => DurableCollection(_users, "users");

    internal IMongoCollection<BsonDocument> Addresses => DurableCollection(_users, "addresses");

    internal IMongoCollection<BsonDocument> DomainAliases => _users.GetCollection<BsonDocument>("domainaliases");

    internal IMongoCollection<BsonDocument> DomainCache => _users.GetCollection<BsonDocument>("domaincache");

    internal IMongoCollection<BsonDocument> DeletedUsers => DurableCollection(_users, "deletedusers");

    internal IMongoCollection<BsonDocument> Mailboxes => DurableCollection(_main, "mailboxes");

    internal IMongoCollection<BsonDocument> Messages => DurableCollection(_main, "messages");

    internal IMongoCollection<BsonDocument> Archived => _main.GetCollection<BsonDocument>("archived");

    internal IMongoCollection<BsonDocument> Journal => _main.GetCollection<BsonDocument>("journal");

    internal IMongoCollection<BsonDocument> Threads => _main.GetCollection<BsonDocument>("threads");

    internal IMongoCollection<BsonDocument> AddressRegister => _main.GetCollection<BsonDocument>("addressregister");

    internal IMongoCollection<BsonDocument> Filters => _main.GetCollection<BsonDocument>("filters");

    internal IMongoCollection<BsonDocument> Autoreplies => _main.GetCollection<BsonDocument>("autoreplies");

    internal IMongoCollection<BsonDocument> DomainAccess => _main.GetCollection<BsonDocument>("domainaccess");

    internal IMongoCollection<BsonDocument> Settings => _main.GetCollection<BsonDocument>("settings");

    internal IMongoCollection<BsonDocument> Audits => _main.GetCollection<BsonDocument>("audits");

    internal IMongoCollection<BsonDocument> Tasks => _main.GetCollection<BsonDocument>("tasks");

    internal IMongoCollection<BsonDocument> AttachmentFiles => DurableCollection(_attachments, "attachments.files");

    internal IMongoCollection<BsonDocument> AttachmentChunks => DurableCollection(_attachments, "attachments.chunks");

    internal IMongoCollection<BsonDocument> QueueFiles => DurableCollection(_queue, "mail.files");

    internal IMongoCollection<BsonDocument> QueueChunks => DurableCollection(_queue, "mail.chunks");

    internal IMongoCollection<BsonDocument> QueueEntries => DurableCollection(_queue, "zone-queue");

    internal IMongoDatabase UsersDatabase => _users;

    internal IMongoDatabase AttachmentsDatabase => _attachments;

    /// <summary>The collection that an index of the layout belongs to.</summary>
    internal IMongoCollection<BsonDocument> CollectionOf(IndexSpecification index)
    {
        var owner = index.Place switch
        {
            DatabasePlace.Users => UsersDatabase,
            DatabasePlace.Attachments => AttachmentsDatabase,
            DatabasePlace.Own => Own,
            _ => Main,
        };
        return owner.GetCollection<BsonDocument>(index.Collection);
    }

    private static string? NameInConnectionString(IConfiguration configuration) =>
        configuration.GetConnectionString("maildb") is { Length: > 0 } connectionString
            ? new MongoUrl(connectionString).DatabaseName
            : null;

    private static IMongoCollection<BsonDocument> DurableCollection(IMongoDatabase database, string name) =>
        database.GetCollection<BsonDocument>(name).WithWriteConcern(Durable);
}
