using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Several changes, with those of the same operator together.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
internal sealed class CombinedUpdateDefinition<TDocument>(IEnumerable<UpdateDefinition<TDocument>> updates) : UpdateDefinition<TDocument>
{
    private readonly UpdateDefinition<TDocument>[] _updates = [.. updates];

    public override BsonValue Render(RenderArgs<TDocument> args)
    {
        var combined = new BsonDocument();
        foreach (var update in _updates)
        {
            if (update.Render(args) is not BsonDocument rendered)
            {
                throw new InvalidOperationException("An update pipeline cannot be combined with other updates.");
            }

            foreach (var (name, value) in rendered.Select(element => (element.Name, element.Value.AsBsonDocument)))
            {
                if (!combined.TryGetValue(name, out var existing))
                {
                    existing = new BsonDocument();
                    combined.Add(name, existing);
                }

                // The last change of a field wins.
                existing.AsBsonDocument.Merge(value, overwriteExistingElements: true);
            }
        }

        return combined;
    }
}
