// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.query;

import static org.elasticsearch.core.Strings.format;

import java.util.Optional;
import java.util.OptionalInt;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.join.ToChildBlockJoinQuery;
import org.elasticsearch.common.lucene.search.Queries;
import org.elasticsearch.index.mapper.BinaryFieldMapper;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.CodeForm;
import org.semantichash.hash.StampedCode;
import org.semantichash.index.CodeField;
import org.semantichash.plugin.field.HashCodeFieldMapper;
import org.semantichash.plugin.field.HashCodeFieldType;
import org.semantichash.plugin.models.ModelId;

/**
 * A field whose codes are searched, as the mapping of a shard has it: a {@code hash_code}, or a
 * {@code binary} with doc values. A {@code binary} has no width, so the code that is searched for
 * brings it; documents whose value is of another width, or that have several, do not match.
 *
 * @param name the name in the query, which may be an alias
 * @param codes where the codes are
 * @param bits the width of the codes, when the mapping names one
 * @param form how codes are written, when the mapping says
 * @param model the model that makes the codes, when the mapping names one
 * @param digest the digest of the model that made the codes, when the field is bound to one
 */
record SearchedField(
    String name,
    CodeField codes,
    OptionalInt bits,
    Optional<CodeForm> form,
    Optional<ModelId> model,
    Optional<String> digest) {

  /**
   * The field of this name; null when the index has none.
   *
   * @throws IllegalArgumentException when its type has no codes
   */
  static SearchedField of(String name, SearchExecutionContext context) {
    MappedFieldType type = context.getFieldType(name);
    if (type == null) {
      return null;
    }
    if (type instanceof HashCodeFieldType hashCode) {
      return clearable(hashCode(name, hashCode), type, context);
    }
    if (type instanceof BinaryFieldMapper.BinaryFieldType) {
      return clearable(binary(name, type), type, context);
    }
    throw new IllegalArgumentException(
        format(
            "[hamming] needs a field of type [%s] or [%s], field [%s] is of type [%s]",
            HashCodeFieldMapper.CONTENT_TYPE,
            BinaryFieldMapper.CONTENT_TYPE,
            name,
            type.typeName()));
  }

  /** Elasticsearch clears field data only of fields for which it was asked. */
  private static SearchedField clearable(
      SearchedField field, MappedFieldType type, SearchExecutionContext context) {
    context.getForField(type, MappedFieldType.FielddataOperation.SEARCH);
    return field;
  }

  private static SearchedField hashCode(String name, HashCodeFieldType type) {
    return new SearchedField(
        name, type.codes(), OptionalInt.of(type.bits()), type.form(), type.model(), type.digest());
  }

  private static SearchedField binary(String name, MappedFieldType type) {
    if (type.hasDocValues() == false) {
      throw new IllegalArgumentException(
          format(
              "field [%s] of type [%s] must have [doc_values] [true] to be searched by"
                  + " [hamming], got [false]",
              name, BinaryFieldMapper.CONTENT_TYPE));
    }
    return new SearchedField(
        name,
        new CodeField(type.name(), CodeField.StoredForm.COUNTED),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The documents that have the field and that a filter of whole documents shows: where the field
   * is in a nested object, the objects of those documents.
   */
  Query documents(Query filter, SearchExecutionContext context) {
    if (context.nestedLookup().getNestedParent(codes.name()) == null) {
      return filter;
    }
    Query whole = Queries.newNonNestedFilter(context.indexVersionCreated());
    return new ToChildBlockJoinQuery(Queries.filtered(filter, whole), context.bitsetFilter(whole));
  }

  /**
   * Checks that a code of a model can be compared with the field's.
   *
   * @param queried the model named by the query, or null
   */
  void checkModel(String queried) {
    if (queried != null && model.isPresent() && model.get().value().equals(queried) == false) {
      throw new IllegalArgumentException(
          format(
              "field [%s] has codes of model [%s], which cannot be compared with a code of"
                  + " model [%s]",
              name, model.get(), queried));
    }
  }

  /**
   * Checks that a code of a model file can be compared with the field's.
   *
   * @param index the index whose field it is
   * @param queried the digest of the code that is searched for, or null
   */
  void checkDigest(String index, String queried) {
    if (queried != null && digest.isPresent() && digest.get().equals(queried) == false) {
      throw new IllegalArgumentException(
          format(
              "field [%s] of index [%s] has codes of %s%s], which cannot be compared with a"
                  + " code of model digest [%s]; name the [model] of digest [%s], or hash the"
                  + " documents again with [semantic-hash rehash]",
              name,
              index,
              model.map(id -> "model [" + id + "] with digest [").orElse("the model digest ["),
              digest.get(),
              queried,
              digest.get()));
    }
  }

  /** The code of a query for this field, in the form that the query names or else the mapping. */
  StampedCode code(QuerySource source) {
    try {
      return source.parse(form.orElse(null), bits.orElse(0));
    } catch (IllegalArgumentException e) {
      String width = bits.isPresent() ? " of [" + bits.getAsInt() + "] bits" : "";
      throw new IllegalArgumentException(
          "[code] must fit field [" + name + "]" + width + ": " + e.getMessage(), e);
    }
  }

  /**
   * The largest distance that matches.
   *
   * @param queried the one in the query, or null for every distance
   */
  int maxDistance(Integer queried, BinaryCode code) {
    if (queried == null) {
      return code.bits();
    }
    if (queried > code.bits()) {
      throw new IllegalArgumentException(
          format(
              "[max_distance] must be between [0] and the number of bits of field [%s],"
                  + " [%s], got [%s]",
              name, code.bits(), queried));
    }
    return queried;
  }
}
