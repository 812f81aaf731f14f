using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>All of several conditions, in one document where no two speak of the same field and operator.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
internal sealed class AndFilterDefinition<TDocument>(IEnumerable<FilterDefinition<TDocument>> filters) : FilterDefinition<TDocument>
{
    private readonly FilterDefinition<TDocument>[] _filters = [.. filters];

    public override BsonDocument Render(RenderArgs<TDocument> args)
    {
        var clauses = new List<BsonElement>();
        foreach (var filter in _filters)
        {
            AddClauses(clauses, filter.Render(args));
        }

        var merged = new BsonDocument();
        if (clauses.TrueForAll(clause => TryMerge(merged, clause)))
        {
            return merged;
        }

        return new BsonDocument("$and", new BsonArray(clauses.Select(clause => new BsonDocument(clause))));
    }

    private static void AddClauses(List<BsonElement> clauses, BsonDocument filter)
    {
        foreach (var clause in filter)
        {
            if (clause.Name == "$and")
            {
                foreach (var nested in clause.Value.AsBsonArray)
                {
                    AddClauses(clauses, nested.AsBsonDocument);
                }
            }
            else
            {
                clauses.Add(clause);
            }
        }
    }

    private static bool TryMerge(BsonDocument merged, BsonElement clause)
    {
        if (!merged.TryGetValue(clause.Name, out var existing))
        {
            merged.Add(clause.Name, clause.Value.DeepClone());
            return true;
        }

        if (!IsOperators(existing) || !IsOperators(clause.Value))
        {
            return false;
        }

        var operators = existing.AsBsonDocument;
        if (clause.Value.AsBsonDocument.Names.Any(operators.Contains))
        {
            return false;
        }

        operators.AddRange(clause.Value.AsBsonDocument.Elements);
        return true;
    }

    private static bool IsOperators(BsonValue value)
    {
        return value is BsonDocument { ElementCount: > 0 } document && document.GetElement(0).Name.StartsWith('$');
    }
}

/// <summary>One of several conditions.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
internal sealed class OrFilterDefinition<TDocument>(IEnumerable<FilterDefinition<TDocument>> filters) : FilterDefinition<TDocument>
{
    private readonly FilterDefinition<TDocument>[] _filters = [.. filters];

    public override BsonDocument Render(RenderArgs<TDocument> args)
    {
        var clauses = new BsonArray();
        foreach (var filter in _filters)
        {
            var clause = filter.Render(args);
            if (clause.ElementCount == 1 && clause.GetElement(0).Name == "$or")
            {
                clauses.AddRange(clause[0].AsBsonArray.Values);
            }
            else
            {
                clauses.Add(clause);
            }
        }

        return new BsonDocument("$or", clauses);
    }
}

/// <summary>The opposite of a condition.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
internal sealed class NotFilterDefinition<TDocument>(FilterDefinition<TDocument> filter) : FilterDefinition<TDocument>
{
    public override BsonDocument Render(RenderArgs<TDocument> args)
    {
        var rendered = filter.Render(args);
        if (rendered.ElementCount != 1)
        {
            return new BsonDocument("$nor", new BsonArray { rendered });
        }

        var (name, value) = (rendered.GetElement(0).Name, rendered[0]);
        return name switch
        {
            "$or" => new BsonDocument("$nor", value),
            "$nor" => new BsonDocument("$or", value),
            _ when name.StartsWith('$') => new BsonDocument("$nor", new BsonArray { rendered }),
            _ => new BsonDocument(name, Negate(value)),
        };
    }

    private static BsonDocument Negate(BsonValue value)
    {
        if (value is BsonDocument { ElementCount: > 0 } operators && operators.GetElement(0).Name.StartsWith('$'))
        {
            return new BsonDocument("$not", operators);
        }

        return new BsonDocument(value is BsonRegularExpression ? "$not" : "$ne", value);
    }
}
