// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import static org.elasticsearch.core.Strings.format;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.semantichash.plugin.duplicates.shard.ShardCodesAction.CodesRequest;
import org.semantichash.plugin.field.HashCodeFieldMapper;
import org.semantichash.plugin.field.HashCodeFieldType;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.wire.Frame;

/**
 * What the mapping of an index says of the fields that are searched.
 *
 * @param bits the width of the codes; 0 where the field is not mapped
 * @param digest of the model that made the codes; null when it is unknown
 * @param keepKind what kind of numbers the kept document is chosen by; null when by none
 * @param model the name of that model in the mapping; null when it names none
 * @param hasText whether the field is mapped whose texts are compared
 */
public record ShardFields(int bits, String digest, String keepKind, String model, boolean hasText)
    implements Writeable {

  private static final ShardFields UNMAPPED = new ShardFields(0, null, null, null, false);

  ShardFields(StreamInput in) throws IOException {
    this(Frame.open(in, "fields of a shard"));
  }

  private ShardFields(Frame body) throws IOException {
    this(
        body.readVInt(),
        body.readOptionalString(),
        body.readOptionalString(),
        body.readOr(null, StreamInput::readOptionalString),
        body.readOr(false, StreamInput::readBoolean));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          body.writeVInt(bits);
          body.writeOptionalString(digest);
          body.writeOptionalString(keepKind);
          body.writeOptionalString(model);
          body.writeBoolean(hasText);
        });
  }

  /** Whether the index has the field; if not, nothing of it is searched. */
  public boolean isMapped() {
    return bits > 0;
  }

  static ShardFields of(CodesRequest.CodesQuery wanted, SearchExecutionContext context) {
    if (context.getFieldType(wanted.field()) == null) {
      return UNMAPPED;
    }
    HashCodeFieldType codes = codes(wanted.field(), context);
    return new ShardFields(
        codes.bits(),
        codes.digest().orElse(null),
        KeepScores.kind(wanted.keep(), context),
        codes.model().map(ModelId::value).orElse(null),
        wanted.textField() != null && TextField.isMapped(wanted.textField(), context));
  }

  /** The type of the field with the codes, which is mapped. */
  static HashCodeFieldType codes(String field, SearchExecutionContext context) {
    MappedFieldType type = context.getFieldType(field);
    checkNotNested(field, context.nestedLookup().getNestedParent(type.name()));
    return codes(field, type, context.index().getName());
  }

  /**
   * The type of a field with codes.
   *
   * @throws IllegalArgumentException when it is another one
   */
  public static HashCodeFieldType codes(String field, MappedFieldType type, String index) {
    if (type instanceof HashCodeFieldType codes) {
      return codes;
    }
    throw new IllegalArgumentException(
        format(
            "[field] must be of type [%s], but field [%s] of index [%s] is of type [%s]",
            HashCodeFieldMapper.CONTENT_TYPE, field, index, type.typeName()));
  }

  /** Checks the nested object that a field is in, null for none. */
  public static void checkNotNested(String field, String object) {
    if (object != null) {
      throw new IllegalArgumentException(
          format(
              "[near_duplicates] groups whole documents, so that it cannot take field [%s]"
                  + " in the nested object [%s]; for near-duplicate passages index one document"
                  + " per passage",
              field, object));
    }
  }

  /**
   * Checks that codes of two indices can be compared.
   *
   * @param field the field with the codes
   * @param index the index of these fields
   * @param others the fields of another index
   * @param other that index
   * @param keepField the field that the kept document is chosen by
   */
  public void checkComparable(
      String field, String index, ShardFields others, String other, String keepField) {
    if (bits != others.bits) {
      throw differ(field, index, bits + " bits", other, others.bits + " bits");
    }
    if (digest != null && others.digest != null && digest.equals(others.digest) == false) {
      throw differ(field, index, "model digest " + digest, other, "model digest " + others.digest);
    }
    if (keepKind != null && keepKind.equals(others.keepKind) == false) {
      throw differ(keepField, index, "type " + keepKind, other, "type " + others.keepKind);
    }
  }

  private static IllegalArgumentException differ(
      String field, String index, String what, String other, String otherWhat) {
    return new IllegalArgumentException(
        format(
            "field [%s] must be the same in all indices, but it has [%s] in index [%s] and"
                + " [%s] in index [%s]",
            field, what, index, otherWhat, other));
  }
}
