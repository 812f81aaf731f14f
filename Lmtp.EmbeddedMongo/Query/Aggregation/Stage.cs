using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Aggregation;

/// <summary>A pipeline stage.</summary>
internal abstract class Stage
{
    /// <summary>Runs documents through the stage.</summary>
    /// <param name="input">The documents.</param>
    /// <param name="context">What the stage needs to know.</param>
    /// <returns>What comes out, made while it is read where the stage allows it.</returns>
    public abstract IEnumerable<BsonDocument> Run(IEnumerable<BsonDocument> input, PipelineContext context);

    /// <summary>The argument of a stage that wants a document.</summary>
    /// <param name="name">The stage's name.</param>
    /// <param name="value">The argument.</param>
    /// <param name="code">The error code when it is something else.</param>
    /// <returns>The document.</returns>
    protected static BsonDocument RequireDocument(string name, BsonValue value, ErrorCode code) =>
        value as BsonDocument ?? throw new CommandException(code, $"the {name} stage specification must be an object, but found {TypeNames.Of(value)}");
}
