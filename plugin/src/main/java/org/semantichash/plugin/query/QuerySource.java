// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.query;

import static org.elasticsearch.core.Strings.format;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.semantichash.hash.CodeForm;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.query.PendingCode.LikeDocument;
import org.semantichash.plugin.wire.Frame;

/**
 * What a {@code hamming} query searches for.
 *
 * @param text a text whose code is searched for, or null
 * @param like a document whose code is searched for, or null
 * @param code a code, with a stamp or without, or null; a number that is not negative has the sign
 *     [+] before it
 * @param form how the code is written, or null where the field says
 */
record QuerySource(String text, LikeDocument like, String code, CodeForm form)
    implements Writeable, ToXContentFragment {

  static final ParseField TEXT = new ParseField("text");
  static final ParseField LIKE = new ParseField("like");
  static final ParseField CODE = new ParseField("code");
  static final ParseField FORMAT = new ParseField("format");

  /** A number of a request, which is no text of any form: it has a sign. */
  private static final Pattern NUMBER = Pattern.compile("[+][0-9]+");

  static QuerySource text(String text) {
    return new QuerySource(text, null, null, null);
  }

  static QuerySource like(LikeDocument like) {
    return new QuerySource(null, like, null, null);
  }

  /** A code in the form that its field says. */
  static QuerySource code(String code) {
    return new QuerySource(null, null, code, null);
  }

  /** A code in hexadecimal, whatever its field says. */
  static QuerySource hex(String code) {
    return new QuerySource(null, null, code, CodeForm.HEX);
  }

  /**
   * A source as a request has it.
   *
   * @param code a string, a number or a list, or null
   * @param format the name of the form of the code, or null
   */
  static QuerySource of(String text, LikeDocument like, Object code, String format) {
    CodeForm form = format == null ? null : CodeForm.of(format);
    if (code == null) {
      return new QuerySource(text, like, null, form);
    }
    if (code instanceof List<?> && form == null) {
      form = CodeForm.BYTES;
    }
    return new QuerySource(text, like, text(code, form), form);
  }

  /** No text is taken for a number or for a list, and none of these for a text. */
  private static String text(Object code, CodeForm form) {
    if (code instanceof List<?> list) {
      if (form != CodeForm.BYTES || list.stream().allMatch(Integer.class::isInstance) == false) {
        throw new IllegalArgumentException(
            "[code] can be a list only of signed bytes, in [format] [bytes], got " + list);
      }
      return CodeForm.BYTES.text(CodeForm.BYTES.parse(list.toString()));
    }
    boolean number = code instanceof Number;
    if (number && form != null && form != CodeForm.LONG) {
      throw new IllegalArgumentException(
          "[code] in [format] [" + form.id() + "] cannot be a number, got [" + code + "]");
    }
    String text = number && code.toString().startsWith("-") == false ? "+" + code : code.toString();
    if (number == false && form != CodeForm.BASE64 && NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "[code] must have a [format] if it is base64, and be without sign if it is a number, got ["
              + text
              + "]");
    }
    if (form == CodeForm.BYTES && text.indexOf('@') < 0) {
      throw new IllegalArgumentException(
          "a code in format [bytes] must be a list of signed bytes, got the text [" + text + "]");
    }
    return text;
  }

  /**
   * The code for a field of this width.
   *
   * @param fieldForm how the codes of the field are written, or null
   * @param bits the width; 0 where the code says it
   */
  StampedCode parse(CodeForm fieldForm, int bits) {
    CodeForm written = form == null ? fieldForm : form;
    boolean number = form != CodeForm.BASE64 && NUMBER.matcher(code).matches();
    if (number && written != CodeForm.LONG) {
      throw new IllegalArgumentException(
          format(
              "a code must be %s, got the number [%s]; [format] must be [long] where numbers"
                  + " are codes",
              bits == 0 ? "a text or a list" : CodeForm.requirement(written, bits),
              code.substring(1)));
    }
    if (form == CodeForm.BYTES && code.indexOf('@') < 0) {
      return new StampedCode(bits == 0 ? form.parse(code) : form.parse(code, bits), null, null);
    }
    return StampedCode.parse(number ? code.substring(1) : code, written, bits);
  }

  QuerySource(StreamInput in) throws IOException {
    this(Frame.open(in, HammingQueryBuilder.NAME));
  }

  private QuerySource(Frame body) throws IOException {
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
      builder.field(CODE.getPreferredName(), json());
    }
    if (form != null) {
      builder.field(FORMAT.getPreferredName(), form.id());
    }
    return builder;
  }

  private Object json() {
    if (form != CodeForm.BASE64 && NUMBER.matcher(code).matches()) {
      return new BigInteger(code.substring(1));
    }
    boolean list = form == CodeForm.BYTES && code.indexOf('@') < 0;
    return list ? form.value(form.parse(code)) : code;
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
