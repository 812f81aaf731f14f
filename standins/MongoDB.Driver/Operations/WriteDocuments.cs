using MongoDB.Bson;

namespace MongoDB.Driver.Operations;

/// <summary>Checks changes before they are sent: a change by mistake must not replace a document.</summary>
internal static class WriteDocuments
{
    public static BsonValue Update<TDocument>(UpdateDefinition<TDocument> update)
    {
        var rendered = update.Render(RenderArgs<TDocument>.Default);
        if (rendered is BsonDocument document && (document.ElementCount == 0 || !document.GetElement(0).Name.StartsWith('$')))
        {
            throw new ArgumentException("An update needs at least one operator, such as $set.", nameof(update));
        }

        return rendered;
    }

    public static BsonDocument Replacement<TDocument>(TDocument replacement)
    {
        var document = replacement.ToBsonDocument();
        if (document.ElementCount > 0 && document.GetElement(0).Name.StartsWith('$'))
        {
            throw new ArgumentException("A replacement must not have operators.", nameof(replacement));
        }

        return document;
    }
}
