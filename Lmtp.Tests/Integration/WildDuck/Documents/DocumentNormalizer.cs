using MongoDB.Bson;

namespace Lmtp.Tests.Integration.WildDuck.Documents;

/// <summary>
/// Replaces what differs between two deliveries of the same mail: an id by the name of what it stands for, so that all
/// references are still compared, and a time or random number by its type.
/// </summary>
internal sealed class DocumentNormalizer
{
    private readonly Dictionary<BsonValue, string> _names = [];

    /// <summary>Gives an id the name that the same thing has at the other installation.</summary>
    public void Name(BsonValue id, string name) => _names.TryAdd(id, name);

    /// <param name="document">Any stored document.</param>
    /// <param name="varying">Dotted paths, array positions left out, of which only the type is compared.</param>
    /// <param name="leftOut">Paths that are not compared.</param>
    public BsonDocument Normalize(BsonDocument document, IReadOnlyCollection<string> varying, IReadOnlyCollection<string> leftOut) =>
        (BsonDocument)Normalize(document, "", varying, leftOut);

    private BsonValue Normalize(BsonValue value, string path, IReadOnlyCollection<string> varying, IReadOnlyCollection<string> leftOut)
    {
        if (varying.Contains(path))
        {
            return $"any {value.BsonType}";
        }

        return value switch
        {
            BsonDocument document => new BsonDocument(document.Elements
                .Select(element => (element.Name, element.Value, Path: path.Length == 0 ? element.Name : $"{path}.{element.Name}"))
                .Where(element => !leftOut.Contains(element.Path))
                .Select(element => new BsonElement(element.Name, Normalize(element.Value, element.Path, varying, leftOut)))),
            BsonArray array => new BsonArray(array.Select(item => Normalize(item, path, varying, leftOut))),
            BsonObjectId or BsonString when _names.TryGetValue(value, out var name) => $"the id of {name}, a {value.BsonType}",
            _ => value,
        };
    }
}
