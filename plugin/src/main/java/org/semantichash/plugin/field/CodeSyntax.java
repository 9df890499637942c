// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.field;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.elasticsearch.xcontent.XContentParser;
import org.semantichash.hash.CodeForm;
import org.semantichash.hash.StampedCode;

/**
 * How the codes of a field are written in JSON: texts, with {@link CodeForm#LONG} numbers too, and
 * without it lists of signed bytes.
 *
 * @param field the name of the field, for errors
 * @param bits the width of the codes
 * @param form how codes without a stamp are written, or null where the mapping does not say
 */
record CodeSyntax(String field, int bits, CodeForm form) {

  /** The form that codes are shown in. */
  CodeForm shown() {
    return form == null ? CodeForm.HEX : form;
  }

  /** The parameter of the mapping, or null. */
  String format() {
    return form == null ? null : form.id();
  }

  /**
   * Reads the value of a document at which a parser stands, to its end.
   *
   * @throws IllegalArgumentException when it is no code of this field
   */
  List<StampedCode> read(XContentParser parser) throws IOException {
    return read(json(parser));
  }

  /** The lists of the parsers of documents can only be read one token at a time. */
  private static Object json(XContentParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != XContentParser.Token.END_ARRAY) {
          list.add(json(parser));
        }
        yield list;
      }
      case START_OBJECT -> {
        parser.skipChildren();
        yield Map.of();
      }
      default -> parser.objectText();
    };
  }

  /**
   * Reads a value of a document.
   *
   * @param json a string, a number, a list or null
   * @return the codes, none for null
   * @throws IllegalArgumentException when it is no code of this field
   */
  List<StampedCode> read(Object json) {
    if (json == null) {
      return List.of();
    }
    return json instanceof List<?> list ? ofList(list) : List.of(one(json));
  }

  /** Numbers are the bytes of one code, unless the mapping has said that codes are no bytes. */
  private List<StampedCode> ofList(List<?> list) {
    boolean bytes = form == null || form == CodeForm.BYTES;
    if (bytes && list.stream().anyMatch(Number.class::isInstance)) {
      if (list.stream().allMatch(Number.class::isInstance) == false) {
        throw wrong(list, "");
      }
      return List.of(new StampedCode(CodeForm.BYTES.parse(list.toString(), bits), null, null));
    }
    List<StampedCode> codes = new ArrayList<>(list.size());
    for (Object value : list) {
      if (value != null) {
        codes.add(one(value));
      }
    }
    return codes;
  }

  private StampedCode one(Object value) {
    if (value instanceof String text) {
      return StampedCode.parse(text, form, bits);
    }
    if (value instanceof Number number && form == CodeForm.LONG) {
      return new StampedCode(CodeForm.LONG.parse(number.toString(), bits), null, null);
    }
    String hint =
        value instanceof Number && form == null && bits == Long.SIZE
            ? "; [format] must be [long] where numbers are codes"
            : "";
    throw wrong(value, hint);
  }

  private IllegalArgumentException wrong(Object value, String hint) {
    return new IllegalArgumentException(
        "field ["
            + field
            + "] of type ["
            + HashCodeFieldMapper.CONTENT_TYPE
            + "] must be "
            + CodeForm.requirement(form, bits)
            + ", got "
            + (value instanceof Map ? "an object" : "[" + value + "]")
            + hint);
  }
}
