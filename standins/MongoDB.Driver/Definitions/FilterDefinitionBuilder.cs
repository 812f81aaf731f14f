using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.FilterDefinitionBuilder&lt;TDocument&gt; for fields named by strings.</summary>
public sealed class FilterDefinitionBuilder<TDocument>
{
    internal FilterDefinitionBuilder()
    {
    }

    public FilterDefinition<TDocument> Empty => FilterDefinition<TDocument>.Empty;

    public FilterDefinition<TDocument> All<TItem>(FieldDefinition<TDocument> field, IEnumerable<TItem> values) =>
        Operator(field.Name, "$all", Values(values));

    public FilterDefinition<TDocument> And(params FilterDefinition<TDocument>[] filters) => And((IEnumerable<FilterDefinition<TDocument>>)filters);

    /// <summary>Clauses on different fields become one document; where two name the same field, $and keeps both.</summary>
    public FilterDefinition<TDocument> And(IEnumerable<FilterDefinition<TDocument>> filters)
    {
        var clauses = filters.Select(filter => filter.Render()).Where(clause => clause.ElementCount > 0).ToList();
        var names = clauses.SelectMany(clause => clause.Names).ToList();
        return clauses.Count switch
        {
            0 => Empty,
            1 => clauses[0],
            _ when names.Distinct(StringComparer.Ordinal).Count() == names.Count => new BsonDocument(clauses.SelectMany(clause => clause.Elements)),
            _ => new BsonDocument("$and", new BsonArray(clauses)),
        };
    }

    public FilterDefinition<TDocument> AnyEq<TItem>(FieldDefinition<TDocument> field, TItem value) =>
        new BsonDocument(field.Name, BsonValue.Create(value));

    public FilterDefinition<TDocument> AnyIn<TItem>(FieldDefinition<TDocument> field, IEnumerable<TItem> values) =>
        Operator(field.Name, "$in", Values(values));

    public FilterDefinition<TDocument> ElemMatch<TItem>(FieldDefinition<TDocument> field, FilterDefinition<TItem> filter) =>
        Operator(field.Name, "$elemMatch", filter.Render());

    public FilterDefinition<TDocument> Eq<TField>(FieldDefinition<TDocument, TField> field, TField value)
    {
        var operand = BsonValue.Create(value);
        return operand.IsBsonRegularExpression ? Operator(field.Name, "$eq", operand) : new BsonDocument(field.Name, operand);
    }

    public FilterDefinition<TDocument> Exists(FieldDefinition<TDocument> field, bool exists = true) => Operator(field.Name, "$exists", exists);

    public FilterDefinition<TDocument> Gt<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator(field.Name, "$gt", BsonValue.Create(value));

    public FilterDefinition<TDocument> Gte<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator(field.Name, "$gte", BsonValue.Create(value));

    public FilterDefinition<TDocument> In<TField>(FieldDefinition<TDocument, TField> field, IEnumerable<TField> values) =>
        Operator(field.Name, "$in", Values(values));

    public FilterDefinition<TDocument> Lt<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator(field.Name, "$lt", BsonValue.Create(value));

    public FilterDefinition<TDocument> Lte<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator(field.Name, "$lte", BsonValue.Create(value));

    public FilterDefinition<TDocument> Ne<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator(field.Name, "$ne", BsonValue.Create(value));

    public FilterDefinition<TDocument> Nin<TField>(FieldDefinition<TDocument, TField> field, IEnumerable<TField> values) =>
        Operator(field.Name, "$nin", Values(values));

    public FilterDefinition<TDocument> Nor(params FilterDefinition<TDocument>[] filters) => Join("$nor", filters);

    public FilterDefinition<TDocument> Nor(IEnumerable<FilterDefinition<TDocument>> filters) => Join("$nor", filters);

    public FilterDefinition<TDocument> Not(FilterDefinition<TDocument> filter)
    {
        var rendered = filter.Render();
        if (rendered.ElementCount == 1 && !rendered.GetElement(0).Name.StartsWith('$'))
        {
            var (name, value) = (rendered.GetElement(0).Name, rendered[0]);
            if (value is BsonDocument { ElementCount: > 0 } operators && operators.GetElement(0).Name.StartsWith('$'))
            {
                return Operator(name, "$not", operators);
            }

            return value.IsBsonRegularExpression ? Operator(name, "$not", value) : Operator(name, "$ne", value);
        }

        return new BsonDocument("$nor", new BsonArray { rendered });
    }

    public FilterDefinition<TDocument> Or(params FilterDefinition<TDocument>[] filters) => Join("$or", filters);

    public FilterDefinition<TDocument> Or(IEnumerable<FilterDefinition<TDocument>> filters) => Join("$or", filters);

    public FilterDefinition<TDocument> Regex(FieldDefinition<TDocument> field, BsonRegularExpression regex) => new BsonDocument(field.Name, regex);

    public FilterDefinition<TDocument> Size(FieldDefinition<TDocument> field, int size) => Operator(field.Name, "$size", size);

    public FilterDefinition<TDocument> Text(string search, string language = null)
    {
        var text = new BsonDocument("$search", search);
        text.Add("$language", language, language is not null);
        return new BsonDocument("$text", text);
    }

    public FilterDefinition<TDocument> Type(FieldDefinition<TDocument> field, BsonType type) => Operator(field.Name, "$type", (int)type);

    private static BsonArray Values<T>(IEnumerable<T> values) => new(values.Select(value => BsonValue.Create(value)));

    private static FilterDefinition<TDocument> Operator(string field, string name, BsonValue operand) =>
        new BsonDocument(field, new BsonDocument(name, operand));

    private static FilterDefinition<TDocument> Join(string name, IEnumerable<FilterDefinition<TDocument>> filters) =>
        new BsonDocument(name, new BsonArray(filters.Select(filter => filter.Render())));
}
