// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.field;

import static org.elasticsearch.core.Strings.format;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.mapper.DocumentParserContext;
import org.elasticsearch.index.mapper.FieldMapper;
import org.elasticsearch.index.mapper.FieldMapper.Conflicts;
import org.elasticsearch.index.mapper.FieldMapper.Parameter;
import org.elasticsearch.index.mapper.Mapper;
import org.elasticsearch.index.mapper.MapperBuilderContext;
import org.elasticsearch.index.mapper.MapperMergeContext;
import org.elasticsearch.index.mapper.MappingLookup;
import org.elasticsearch.index.mapper.SourceLoader;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.CodeForm;
import org.semantichash.hash.StampedCode;
import org.semantichash.index.ChunkTerms;
import org.semantichash.index.CodeDocValues;
import org.semantichash.plugin.field.HashCodeFieldData.EagerColumns;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.search.columns.ColumnSource;

/**
 * Which model the codes of a field are of: the name that its mapping gives, and the digest that
 * the first stamped code, or the mapping, binds it to. A field keeps its digest, since codes of
 * different models cannot be compared.
 *
 * @param field the name of the field
 * @param model the name of the model, when the mapping names one
 * @param digest the digest of its file
 */
record ModelBinding(String field, Optional<ModelId> model, String digest) {

  /**
   * Checks the parameter of a mapping.
   *
   * @param digest the value, or null
   */
  static void checkParameter(String digest) {
    if (digest != null) {
      StampedCode.requireDigest("digest", digest);
    }
  }

  /**
   * Checks that a code is of this model.
   *
   * @param stamp the digest of the model that made the code
   * @throws IllegalArgumentException when it is another one
   */
  void check(String stamp) {
    if (digest.equals(stamp) == false) {
      throw new IllegalArgumentException(
          format(
              "field [%s] of type [%s] has codes of %s%s], got a code of model digest [%s];"
                  + " %s",
              field,
              HashCodeFieldMapper.CONTENT_TYPE,
              model
                  .map(name -> "model [" + name + "] with digest [")
                  .orElse("the model digest ["),
              digest,
              stamp,
              remedy()));
    }
  }

  /** What a mapping update is told that would change the digest. */
  static String unchangeable(String bound, String requested) {
    return format(
        "the field has codes of model digest [%s] and cannot be bound to [%s]; %s",
        bound, requested, remedy());
  }

  private static String remedy() {
    return "codes of different models cannot be compared: write them to a new field or a new index,"
        + " which [semantic-hash rehash] fills";
  }

  /** A field inside another one cannot be changed by a document. */
  static IllegalArgumentException inMultiField(String field, String stamp) {
    return new IllegalArgumentException(
        format(
            "field [%s] of type [%s] is a multi-field, which a document cannot bind to a"
                + " model; set its [digest] to [%s] in the mapping, or index codes without digest",
            field, HashCodeFieldMapper.CONTENT_TYPE, stamp));
  }
}
