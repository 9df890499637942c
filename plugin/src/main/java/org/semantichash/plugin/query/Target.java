// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.semantichash.hash.CodeForm;
import org.semantichash.plugin.wire.Frame;

/**
 * What a {@code hamming} query searches for.
 *
 * @param text a text whose code is searched for, or null
 * @param like a document whose code is searched for, or null
 * @param code a code, with a stamp or without, or null
 * @param form how the code is written, or null where the field says
 */
record Target(String text, LikeDocument like, String code, CodeForm form)
    implements Writeable, ToXContentFragment {

  static final ParseField TEXT = new ParseField("text");
  static final ParseField LIKE = new ParseField("like");
  static final ParseField CODE = new ParseField("code");
  static final ParseField FORMAT = new ParseField("format");

  static Target text(String text) {
    return new Target(text, null, null, null);
  }

  static Target like(LikeDocument like) {
    return new Target(null, like, null, null);
  }

  /** A code in the form that its field says. */
  static Target code(String code) {
    return new Target(null, null, code, null);
  }

  /** A code in hexadecimal, whatever its field says. */
  static Target hex(String code) {
    return new Target(null, null, code, CodeForm.HEX);
  }

  /**
   * A target as a request has it.
   *
   * @param code a string, a number or a list, or null
   * @param format the name of the form of the code, or null
   */
  static Target of(String text, LikeDocument like, Object code, String format) {
    CodeForm form = format == null ? null : CodeForm.of(format);
    if (code instanceof List<?> && form == null) {
      form = CodeForm.BYTES;
    }
    return new Target(text, like, code == null ? null : text(code), form);
  }

  /** No number is hexadecimal, also if it has as many digits: it has a sign. */
  private static String text(Object code) {
    String text = code.toString();
    return code instanceof Number && text.startsWith("-") == false ? "+" + text : text;
  }

  Target(StreamInput in) throws IOException {
    this(Frame.open(in, HammingQueryBuilder.NAME));
  }

  private Target(Frame body) throws IOException {
    this(
        body.readOptionalString(),
        body.readOptionalWriteable(LikeDocument::new),
        body.readOptionalString(),
        body.readOptionalEnum(CodeForm.class));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          body.writeOptionalString(text);
          body.writeOptionalWriteable(like);
          body.writeOptionalString(code);
          body.writeOptionalEnum(form);
        });
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    if (text != null) {
      builder.field(TEXT.getPreferredName(), text);
    }
    if (like != null) {
      builder.field(LIKE.getPreferredName(), like);
    }
    if (code != null) {
      builder.field(CODE.getPreferredName(), code);
    }
    if (form != null) {
      builder.field(FORMAT.getPreferredName(), form.id());
    }
    return builder;
  }

  /**
   * Checks that there is exactly one.
   *
   * @throws IllegalArgumentException naming those that are there
   */
  void check() {
    List<String> given = given();
    if (given.size() != 1) {
      throw new IllegalArgumentException(
          "[hamming] must have exactly one of [text], [like] and [code], got " + given);
    }
    if (form != null && code == null) {
      throw new IllegalArgumentException(
          "[format] says how a [code] is written, got it with " + given);
    }
  }

  /** The names of those that are there. */
  List<String> given() {
    List<String> given = new ArrayList<>();
    if (text != null) {
      given.add(TEXT.getPreferredName());
    }
    if (like != null) {
      given.add(LIKE.getPreferredName());
    }
    if (code != null) {
      given.add(CODE.getPreferredName());
    }
    return given;
  }
}
