# Code, comments and escaped braces stay as they are, whatever container they are in.
cat >t.md <<'END'
---
title: T
data: incidents.csv
---
```
{{incidents|number}}


:::columns 2
   kept   
```

~~~text
{{incidents|number}}


::: each province
```chart
type:   bars
```
~~~

    {{incidents|number}}


    :::row 8+4

- item

      {{incidents|number}}


      code in list

  ```
  {{incidents|number}}


  x
  ```

<!-- c {{incidents|number}}


:::columns 3
-->

> ```
> {{incidents|number}}
>
>
> y
> ```

\{{incidents|number}} and \\{{ incidents | number }}.

1. Item

   ```chart
   type:   bars
   ```
END
cp t.md before.md
sitrep fmt t.md
diff before.md t.md && echo same
