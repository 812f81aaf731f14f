using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Updates;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Aggregation;

/// <summary><c>$unwind</c>: one document for each element of an array.</summary>
internal sealed class UnwindStage : Stage
{
    private readonly string[] _path;
    private readonly string[]? _indexPath;
    private readonly bool _keepsEmpty;

    private UnwindStage(string[] path, string[]? indexPath, bool keepsEmpty)
    {
        _path = path;
        _indexPath = indexPath;
        _keepsEmpty = keepsEmpty;
    }

    /// <summary>Parses the stage.</summary>
    /// <param name="value">A path, or a document with <c>path</c> and options.</param>
    /// <returns>The stage.</returns>
    public static UnwindStage Parse(BsonValue value)
    {
        var options = value as BsonDocument ?? new BsonDocument("path", value);
        var unknown = options.Names.FirstOrDefault(name => name is not ("path" or "includeArrayIndex" or "preserveNullAndEmptyArrays"));
        if (unknown is not null)
        {
            throw new CommandException(ErrorCode.Location28811, $"unrecognized option to $unwind stage: {unknown}");
        }

        if (options.GetValue("path", null) is not BsonString path)
        {
            throw new CommandException(ErrorCode.Location28812, "no path specified to $unwind stage");
        }

        if (!path.Value.StartsWith('$'))
        {
            throw new CommandException(ErrorCode.Location28818, $"path option to $unwind stage should be prefixed with a '$': {path.Value}");
        }

        return new UnwindStage(
            path.Value[1..].Split('.'),
            options.GetValue("includeArrayIndex", null) is BsonString { Value.Length: > 0 } index ? index.Value.Split('.') : null,
            options.GetValue("preserveNullAndEmptyArrays", null) is BsonBoolean { Value: true });
    }

    /// <inheritdoc />
    public override IEnumerable<BsonDocument> Run(IEnumerable<BsonDocument> input, PipelineContext context)
    {
        foreach (var document in input)
        {
            var value = PathEditor.Get(document, _path);
            if (value is BsonArray { Count: > 0 } array)
            {
                for (var i = 0; i < array.Count; i++)
                {
                    yield return With(document, array[i], new BsonInt64(i));
                }
            }
            else if (value is not null and not BsonArray and not BsonNull and not BsonUndefined)
            {
                yield return With(document, value, BsonNull.Value);
            }
            else if (_keepsEmpty)
            {
                yield return With(document, value is BsonArray ? null : value, BsonNull.Value);
            }
        }
    }

    private BsonDocument With(BsonDocument document, BsonValue? element, BsonValue index)
    {
        var result = (BsonDocument)document.DeepClone();
        if (element is not null)
        {
            PathEditor.Set(result, _path, element.DeepClone());
        }
        else
        {
            PathEditor.Unset(result, _path);
        }

        if (_indexPath is not null)
        {
            PathEditor.Set(result, _indexPath, index);
        }

        return result;
    }
}
