using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>One index of the layout.</summary>
/// <param name="Place">The database it is in.</param>
/// <param name="Collection">The collection.</param>
/// <param name="Name">The name, the same as WildDuck's.</param>
/// <param name="Keys">The keys as the shell writes them: <c>user:1,path:1</c>.</param>
/// <param name="IsUnique">Whether two documents may not have the same keys.</param>
/// <param name="IsSparse">Whether documents without the keys are left out.</param>
/// <param name="Partial">What documents must match to be in the index, as JSON; null: all are.</param>
/// <param name="ExpireAfterSeconds">How long documents live; null: for ever.</param>
internal sealed record IndexSpecification(
    DatabasePlace Place,
    string Collection,
    string Name,
    string Keys,
    bool IsUnique = false,
    bool IsSparse = false,
    string? Partial = null,
    int? ExpireAfterSeconds = null)
{
    /// <summary>The key document.</summary>
    public BsonDocument KeyDocument()
    {
        var keys = new BsonDocument();
        foreach (var part in Keys.Split(','))
        {
            var colon = part.LastIndexOf(':');
            keys.Add(part[..colon], part[(colon + 1)..] switch
            {
                "1" => 1,
                "-1" => -1,
                var kind => (BsonValue)kind,
            });
        }

        return keys;
    }
}
