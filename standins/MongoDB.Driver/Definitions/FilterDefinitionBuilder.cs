using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Makes filters.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class FilterDefinitionBuilder<TDocument>
{
    /// <summary>Every document.</summary>
    public FilterDefinition<TDocument> Empty => FilterDefinition<TDocument>.Empty;

    /// <summary>All of these conditions.</summary>
    public FilterDefinition<TDocument> And(params FilterDefinition<TDocument>[] filters) => And((IEnumerable<FilterDefinition<TDocument>>)filters);

    /// <summary>All of these conditions.</summary>
    public FilterDefinition<TDocument> And(IEnumerable<FilterDefinition<TDocument>> filters) => new AndFilterDefinition<TDocument>(filters);

    /// <summary>One of these conditions.</summary>
    public FilterDefinition<TDocument> Or(params FilterDefinition<TDocument>[] filters) => Or((IEnumerable<FilterDefinition<TDocument>>)filters);

    /// <summary>One of these conditions.</summary>
    public FilterDefinition<TDocument> Or(IEnumerable<FilterDefinition<TDocument>> filters) => new OrFilterDefinition<TDocument>(filters);

    /// <summary>Not that condition.</summary>
    public FilterDefinition<TDocument> Not(FilterDefinition<TDocument> filter) => new NotFilterDefinition<TDocument>(filter);

    /// <summary>The field is the value.</summary>
    public FilterDefinition<TDocument> Eq<TField>(FieldDefinition<TDocument, TField> field, TField value) => Equality(field.FieldName, value);

    /// <summary>The field is greater than the value.</summary>
    public FilterDefinition<TDocument> Gt<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator(field.FieldName, "$gt", BsonValue.Create(value));

    /// <summary>The field is greater than or equal to the value.</summary>
    public FilterDefinition<TDocument> Gte<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator(field.FieldName, "$gte", BsonValue.Create(value));

    /// <summary>The field is less than the value.</summary>
    public FilterDefinition<TDocument> Lt<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator(field.FieldName, "$lt", BsonValue.Create(value));

    /// <summary>The field is less than or equal to the value.</summary>
    public FilterDefinition<TDocument> Lte<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator(field.FieldName, "$lte", BsonValue.Create(value));

    /// <summary>The field is not the value.</summary>
    public FilterDefinition<TDocument> Ne<TField>(FieldDefinition<TDocument, TField> field, TField value) => Operator(field.FieldName, "$ne", BsonValue.Create(value));

    /// <summary>The field is one of the values.</summary>
    public FilterDefinition<TDocument> In<TField>(FieldDefinition<TDocument, TField> field, IEnumerable<TField> values) => Operator(field.FieldName, "$in", ArrayOf(values));

    /// <summary>The field is none of the values.</summary>
    public FilterDefinition<TDocument> Nin<TField>(FieldDefinition<TDocument, TField> field, IEnumerable<TField> values) => Operator(field.FieldName, "$nin", ArrayOf(values));

    /// <summary>An element of the array is the value.</summary>
    public FilterDefinition<TDocument> AnyEq<TItem>(FieldDefinition<TDocument> field, TItem value) => Equality(field.FieldName, value);

    /// <summary>An element of the array is greater than the value.</summary>
    public FilterDefinition<TDocument> AnyGt<TItem>(FieldDefinition<TDocument> field, TItem value) => Operator(field.FieldName, "$gt", BsonValue.Create(value));

    /// <summary>An element of the array is greater than or equal to the value.</summary>
    public FilterDefinition<TDocument> AnyGte<TItem>(FieldDefinition<TDocument> field, TItem value) => Operator(field.FieldName, "$gte", BsonValue.Create(value));

    /// <summary>An element of the array is less than the value.</summary>
    public FilterDefinition<TDocument> AnyLt<TItem>(FieldDefinition<TDocument> field, TItem value) => Operator(field.FieldName, "$lt", BsonValue.Create(value));

    /// <summary>An element of the array is less than or equal to the value.</summary>
    public FilterDefinition<TDocument> AnyLte<TItem>(FieldDefinition<TDocument> field, TItem value) => Operator(field.FieldName, "$lte", BsonValue.Create(value));

    /// <summary>No element of the array is the value.</summary>
    public FilterDefinition<TDocument> AnyNe<TItem>(FieldDefinition<TDocument> field, TItem value) => Operator(field.FieldName, "$ne", BsonValue.Create(value));

    /// <summary>An element of the array is one of the values.</summary>
    public FilterDefinition<TDocument> AnyIn<TItem>(FieldDefinition<TDocument> field, IEnumerable<TItem> values) => Operator(field.FieldName, "$in", ArrayOf(values));

    /// <summary>No element of the array is one of the values.</summary>
    public FilterDefinition<TDocument> AnyNin<TItem>(FieldDefinition<TDocument> field, IEnumerable<TItem> values) => Operator(field.FieldName, "$nin", ArrayOf(values));

    /// <summary>The array has all the values.</summary>
    public FilterDefinition<TDocument> All<TItem>(FieldDefinition<TDocument> field, IEnumerable<TItem> values) => Operator(field.FieldName, "$all", ArrayOf(values));

    /// <summary>The field has bits of the mask set or clear.</summary>
    public FilterDefinition<TDocument> BitsAllClear(FieldDefinition<TDocument> field, long bitmask) => Operator(field.FieldName, "$bitsAllClear", bitmask);

    /// <summary>The field has bits of the mask set or clear.</summary>
    public FilterDefinition<TDocument> BitsAllSet(FieldDefinition<TDocument> field, long bitmask) => Operator(field.FieldName, "$bitsAllSet", bitmask);

    /// <summary>The field has bits of the mask set or clear.</summary>
    public FilterDefinition<TDocument> BitsAnyClear(FieldDefinition<TDocument> field, long bitmask) => Operator(field.FieldName, "$bitsAnyClear", bitmask);

    /// <summary>The field has bits of the mask set or clear.</summary>
    public FilterDefinition<TDocument> BitsAnySet(FieldDefinition<TDocument> field, long bitmask) => Operator(field.FieldName, "$bitsAnySet", bitmask);

    /// <summary>An element of the array fulfils the conditions.</summary>
    public FilterDefinition<TDocument> ElemMatch<TItem>(FieldDefinition<TDocument> field, FilterDefinition<TItem> filter) => Operator(field.FieldName, "$elemMatch", filter.Render(RenderArgs<TItem>.Default));

    /// <summary>The field exists, or not.</summary>
    public FilterDefinition<TDocument> Exists(FieldDefinition<TDocument> field, bool exists = true) => Operator(field.FieldName, "$exists", exists);

    /// <summary>The field leaves that remainder.</summary>
    public FilterDefinition<TDocument> Mod(FieldDefinition<TDocument> field, long modulus, long remainder) => Operator(field.FieldName, "$mod", new BsonArray { modulus, remainder });

    /// <summary>The field matches the regular expression.</summary>
    public FilterDefinition<TDocument> Regex(FieldDefinition<TDocument> field, BsonRegularExpression regex) => new BsonDocumentFilterDefinition<TDocument>(new BsonDocument(field.FieldName, regex));

    /// <summary>The array has that many elements.</summary>
    public FilterDefinition<TDocument> Size(FieldDefinition<TDocument> field, int size) => Operator(field.FieldName, "$size", size);

    /// <summary>The array has more or fewer elements.</summary>
    public FilterDefinition<TDocument> SizeGt(FieldDefinition<TDocument> field, int size) => Operator($"{field.FieldName}.{size}", "$exists", true);

    /// <summary>The array has more or fewer elements.</summary>
    public FilterDefinition<TDocument> SizeGte(FieldDefinition<TDocument> field, int size) => Operator($"{field.FieldName}.{size - 1}", "$exists", true);

    /// <summary>The array has more or fewer elements.</summary>
    public FilterDefinition<TDocument> SizeLt(FieldDefinition<TDocument> field, int size) => Operator($"{field.FieldName}.{size - 1}", "$exists", false);

    /// <summary>The array has more or fewer elements.</summary>
    public FilterDefinition<TDocument> SizeLte(FieldDefinition<TDocument> field, int size) => Operator($"{field.FieldName}.{size}", "$exists", false);

    /// <summary>The text index finds the words.</summary>
    public FilterDefinition<TDocument> Text(string search, TextSearchOptions options = null) => new BsonDocumentFilterDefinition<TDocument>(new BsonDocument("$text", TextSearchOptions.Render(search, options)));

    /// <summary>The text index finds the words.</summary>
    public FilterDefinition<TDocument> Text(string search, string language) => Text(search, new TextSearchOptions { Language = language });

    /// <summary>The field is of that type.</summary>
    public FilterDefinition<TDocument> Type(FieldDefinition<TDocument> field, BsonType type) => Operator(field.FieldName, "$type", type == BsonType.MinKey ? -1 : (int)type);

    /// <summary>The field is of that type.</summary>
    public FilterDefinition<TDocument> Type(FieldDefinition<TDocument> field, string type) => Operator(field.FieldName, "$type", type);

    private static BsonDocumentFilterDefinition<TDocument> Operator(string field, string name, BsonValue value)
    {
        return new BsonDocumentFilterDefinition<TDocument>(new BsonDocument(field, new BsonDocument(name, value)));
    }

    private static BsonDocumentFilterDefinition<TDocument> Equality<T>(string field, T value)
    {
        var mapped = BsonValue.Create(value);
        var isOperator = mapped is BsonRegularExpression || (mapped is BsonDocument { ElementCount: > 0 } document && document.GetElement(0).Name.StartsWith('$'));
        return isOperator ? Operator(field, "$eq", mapped) : new BsonDocumentFilterDefinition<TDocument>(new BsonDocument(field, mapped));
    }

    private static BsonArray ArrayOf<T>(IEnumerable<T> values) => new(values.Select(value => BsonValue.Create(value)));
}
